package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import org.jspecify.annotations.Nullable;

/// What lives behind a register bank: it measures into the bank and reacts to what is written
/// there. Called within [BankSlave#execute], on the thread of whichever server got the request, one
/// call at a time.
public interface SlaveBehaviour {
  /// A bank that only changes when it is written.
  SlaveBehaviour STILL = (_, _) -> {};

  /// Brings the bank up to date before a request of any kind is executed.
  ///
  /// @param nowNanos monotonic; never less than before
  void refresh(RegisterBank bank, long nowNanos);

  /// Whether the device refuses a request that its bank could execute.
  ///
  /// @return why, or null to execute it
  default @Nullable ExceptionCode refusal(RegisterBank bank, Request request, long nowNanos) {
    return null;
  }

  /// A client has written.
  ///
  /// @param range all that was written by one request
  default void written(RegisterBank bank, DataTable table, AddressRange range, long nowNanos) {}
}
