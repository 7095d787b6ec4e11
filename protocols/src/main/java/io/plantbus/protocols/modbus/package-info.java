/// The Modbus application protocol (V1.1b3): requests, responses and their meaning, without wire,
/// thread or clock.
@NullMarked
package io.plantbus.protocols.modbus;

import org.jspecify.annotations.NullMarked;
