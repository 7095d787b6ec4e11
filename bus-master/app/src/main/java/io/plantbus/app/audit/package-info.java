/// The audit file: a record of every write that survives a power cut.
@NullMarked
package io.plantbus.app.audit;

import org.jspecify.annotations.NullMarked;
