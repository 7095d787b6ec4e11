package io.plantbus.protocols.capture.traffic;

import io.plantbus.protocols.modbus.trace.LineFraming;

/// Who was asked: what listens at an address, or the devices of a serial line.
///
/// @param name that of the line in a capture of Plantbus, else `address:port`
/// @param description what a capture of Plantbus tells of the line; else empty
/// @param framing how its frames were delimited
public record CapturedServer(String name, String description, LineFraming framing) {}
