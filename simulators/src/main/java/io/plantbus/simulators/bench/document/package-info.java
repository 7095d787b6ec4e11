/// The bench file: its keys, their checks, and the bench that is made of them.
@NullMarked
package io.plantbus.simulators.bench.document;

import org.jspecify.annotations.NullMarked;
