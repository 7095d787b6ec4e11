/// I2C through Pi4J, both ways: our bus port over a Pi4J provider, and a Pi4J provider over any of
/// our buses, so that Pi4J driver code runs against simulated ones unchanged.
@NullMarked
package io.plantbus.hal.pi4j;

import org.jspecify.annotations.NullMarked;
