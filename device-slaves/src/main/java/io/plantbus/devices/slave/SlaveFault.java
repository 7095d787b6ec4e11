package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.Response;

/// What is wrong with a served unit, on purpose.
public sealed interface SlaveFault {
  /// Nothing.
  SlaveFault NONE = new None();

  /// Unplugged.
  SlaveFault MUTE = new Mute();

  /// Nothing is wrong.
  record None() implements SlaveFault {}

  /// It hears nothing and says nothing, as if unplugged.
  record Mute() implements SlaveFault {}

  /// It executes at once and answers late.
  ///
  /// @param nanos on top of its usual delay, not negative
  record Late(long nanos) implements SlaveFault {
    public Late {
      if (nanos < 0) {
        throw new IllegalArgumentException("a delay must not be negative, was " + nanos);
      }
    }
  }

  /// It executes nothing and refuses everything.
  ///
  /// @param refusal how
  record Refusing(Response.Refusal refusal) implements SlaveFault {}
}
