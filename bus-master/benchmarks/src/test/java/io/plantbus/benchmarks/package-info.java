/// What may not get worse unnoticed.
@NullMarked
package io.plantbus.benchmarks;

import org.jspecify.annotations.NullMarked;
