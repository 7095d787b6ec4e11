/// A simulated I2C bus at the level of bits: two wires that everybody can pull low, controllers and
/// targets that follow their edges, and what goes wrong among them.
@NullMarked
package io.plantbus.simulators.i2c;

import org.jspecify.annotations.NullMarked;
