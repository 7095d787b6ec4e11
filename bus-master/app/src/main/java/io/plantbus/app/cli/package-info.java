/// The command line: one class per command, text for people by default and JSON for scripts.
@NullMarked
package io.plantbus.app.cli;

import org.jspecify.annotations.NullMarked;
