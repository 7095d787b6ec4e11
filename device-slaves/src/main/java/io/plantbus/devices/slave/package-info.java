/// The slave side: register banks, devices that answer from them, and servers for any line.
@NullMarked
package io.plantbus.devices.slave;

import org.jspecify.annotations.NullMarked;
