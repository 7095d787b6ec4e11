/// I2C transfers through the ports that reach a bus.
@NullMarked
package io.plantbus.benchmarks.i2c;

import org.jspecify.annotations.NullMarked;
