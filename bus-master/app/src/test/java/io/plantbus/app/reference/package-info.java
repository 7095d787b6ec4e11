/// Keeps the pages under `docs/` true: what can be generated is compared with the code, examples
/// are read and run, and links are followed.
@NullMarked
package io.plantbus.app.reference;

import org.jspecify.annotations.NullMarked;
