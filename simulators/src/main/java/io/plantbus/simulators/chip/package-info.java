/// The slave side of I2C chips, after their data sheets. What a chip measures or drives may be set
/// and read by any thread; its wire side belongs to its bus.
@NullMarked
package io.plantbus.simulators.chip;

import org.jspecify.annotations.NullMarked;
