/// Modbus client and server sessions as pure state machines: bytes and times go in, bytes and
/// outcomes come out.
@NullMarked
package io.plantbus.protocols.modbus.session;

import org.jspecify.annotations.NullMarked;
