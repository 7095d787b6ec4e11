/// The whole program as a user starts it, with plants of all sizes.
@NullMarked
package io.plantbus.benchmarks.plant;

import org.jspecify.annotations.NullMarked;
