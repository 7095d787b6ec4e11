package io.plantbus.devices;

import io.plantbus.protocols.modbus.RegisterBlock;

/// What became of turning a value into registers or a state.
public sealed interface TagEncoding {
  /// It fits.
  ///
  /// @param registers what to write; outside of a bit field, zero
  record Registers(RegisterBlock registers) implements TagEncoding {}

  /// It is a state for a coil.
  ///
  /// @param on the state
  record Coil(boolean on) implements TagEncoding {}

  /// It does not fit; nothing may be written.
  ///
  /// @param reason for a person, such as `70000 does not fit uint16, which holds 0..65535`
  record Misfit(String reason) implements TagEncoding {}
}
