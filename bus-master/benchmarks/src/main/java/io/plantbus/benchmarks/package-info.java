/// Benchmarks: whole runs against a floor or a peer in the same run, as ratios and medians, with
/// the machine stated.
@NullMarked
package io.plantbus.benchmarks;

import org.jspecify.annotations.NullMarked;
