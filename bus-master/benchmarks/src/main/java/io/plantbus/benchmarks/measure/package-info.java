/// What all comparisons need: the machine they ran on, and figures of several rounds.
@NullMarked
package io.plantbus.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
