/// Watching lines: text for people and capture files, of a line in this process or of one that runs
/// in another.
@NullMarked
package io.plantbus.app.trace;

import org.jspecify.annotations.NullMarked;
