/// What may not get worse unnoticed.
@NullMarked
package io.plantbus.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
