/// YAML documents whose every mistake is told with file, line, key and what to write. A
/// [DocumentReader] turns text into [Node]s that know where they stand; the types of
/// `io.plantbus.devices.document.type` turn nodes into values; [Problems] collects what is wrong.
@NullMarked
package io.plantbus.devices.document;

import org.jspecify.annotations.NullMarked;
