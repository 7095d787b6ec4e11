/// I2C transactions as pure data: SMBus bus protocols with packet error checking, and the checksums
/// that chips add to their bytes. No bus, thread or clock inside.
@NullMarked
package io.plantbus.protocols.i2c;

import org.jspecify.annotations.NullMarked;
