/// Drivers of I2C devices: the master's side of their register protocols.
@NullMarked
package io.plantbus.devices.i2c;

import org.jspecify.annotations.NullMarked;
