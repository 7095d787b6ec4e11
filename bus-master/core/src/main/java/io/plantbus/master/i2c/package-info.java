/// The owner of an I2C line: drivers of several devices, taking turns.
@NullMarked
package io.plantbus.master.i2c;

import org.jspecify.annotations.NullMarked;
