package io.plantbus.devices.slave;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;

/// A slave that answers from a register bank and whatever services it has besides.
///
/// Its monitor guards bank and services: it is held while a request is executed, and whoever
/// touches them from elsewhere while a server runs holds it too.
public final class BankSlave implements SlaveDevice {
  private final RegisterBank bank;
  private final SlaveBehaviour behaviour;
  private final SlaveServices services;
  private long lastNanos = Long.MIN_VALUE;

  /// A slave whose bank only changes when it is written.
  public BankSlave(RegisterBank bank) {
    this(bank, SlaveBehaviour.STILL);
  }

  /// A slave with a life of its own.
  public BankSlave(RegisterBank bank, SlaveBehaviour behaviour) {
    this(bank, behaviour, new SlaveServices());
  }

  /// A slave that answers more than its bank does.
  public BankSlave(RegisterBank bank, SlaveBehaviour behaviour, SlaveServices services) {
    this.bank = bank;
    this.behaviour = behaviour;
    this.services = services;
  }

  /// A slave with a profile's bank and identification.
  ///
  /// @throws IllegalArgumentException if an initial value does not fit its encoding
  public static BankSlave of(DeviceProfile profile) {
    return new BankSlave(BankLayout.of(profile), SlaveBehaviour.STILL, SlaveServices.of(profile));
  }

  /// The bank; hold this slave's monitor to touch it while a server runs.
  public RegisterBank bank() {
    return bank;
  }

  @Override
  public synchronized Response execute(Request request, long nowNanos) {
    // Connections on several threads may read their clocks in another order than they get here.
    lastNanos = Math.max(lastNanos, nowNanos);
    behaviour.refresh(bank, lastNanos);
    ExceptionCode refusal = behaviour.refusal(bank, request, lastNanos);
    if (refusal != null) {
      return Response.Refusal.of(refusal);
    }
    Response response =
        request instanceof Request.Service service
            ? services.execute(service, lastNanos)
            : bank.execute(request);
    if (!(response instanceof Response.Refusal)) {
      tellWritten(request);
    }
    return response;
  }

  private void tellWritten(Request request) {
    switch (request) {
      case Request.Read _, Request.Service _ -> {}
      case Request.WriteSingleCoil(int address, _) ->
          tell(DataTable.COILS, new AddressRange(address, 1));
      case Request.WriteMultipleCoils write -> tell(DataTable.COILS, write.range());
      case Request.WriteSingleRegister(int address, _) ->
          tell(DataTable.HOLDING_REGISTERS, new AddressRange(address, 1));
      case Request.MaskWriteRegister mask ->
          tell(DataTable.HOLDING_REGISTERS, new AddressRange(mask.address(), 1));
      case Request.WriteMultipleRegisters write -> tell(DataTable.HOLDING_REGISTERS, write.range());
      case Request.ReadWriteMultipleRegisters both ->
          tell(DataTable.HOLDING_REGISTERS, both.writeRange());
    }
  }

  private void tell(DataTable table, AddressRange range) {
    behaviour.written(bank, table, range, lastNanos);
  }
}
