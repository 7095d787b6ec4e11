/// The owner of a Modbus line: requests down, registers up.
@NullMarked
package io.plantbus.master.modbus;

import org.jspecify.annotations.NullMarked;
