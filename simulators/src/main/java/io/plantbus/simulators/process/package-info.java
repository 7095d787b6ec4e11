/// The physics behind simulated slaves: tanks, pumps, valves and heaters, stepped with a fixed step
/// in the time of the simulation.
@NullMarked
package io.plantbus.simulators.process;

import org.jspecify.annotations.NullMarked;
