/// A simulated I2C bus at the level of bytes and acknowledge bits, and the side of its targets.
@NullMarked
package io.plantbus.simulators.i2c;

import org.jspecify.annotations.NullMarked;
