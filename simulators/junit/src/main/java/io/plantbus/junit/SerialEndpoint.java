package io.plantbus.junit;

import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import java.nio.file.Path;

/// Where a serial line of a bench is opened: a pseudo terminal, which has no baud rate and no
/// parity of its own.
///
/// @param path device file for any serial library
/// @param settings those of the bench file; nothing enforces them
/// @param framing how frames stand on the line
public record SerialEndpoint(Path path, SerialSettings settings, SerialFraming framing) {}
