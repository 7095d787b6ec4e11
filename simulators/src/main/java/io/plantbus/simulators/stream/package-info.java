/// Simulated stream connections: latency, segments of any size, refusal, reset and black holes.
@NullMarked
package io.plantbus.simulators.stream;

import org.jspecify.annotations.NullMarked;
