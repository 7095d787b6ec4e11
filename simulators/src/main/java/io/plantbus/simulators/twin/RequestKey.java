package io.plantbus.simulators.twin;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.Request;

/// What a refusal depends on.
///
/// @param function 1..127
/// @param start first address; 0 of functions without
/// @param count addresses; 0 of functions without
public record RequestKey(int function, int start, int count) {
  static RequestKey of(Request request) {
    return switch (request) {
      case Request.Read(_, AddressRange range) -> of(request, range);
      case Request.WriteSingleCoil(int address, _) -> of(request, new AddressRange(address, 1));
      case Request.WriteSingleRegister(int address, _) -> of(request, new AddressRange(address, 1));
      case Request.WriteMultipleCoils write -> of(request, write.range());
      case Request.WriteMultipleRegisters write -> of(request, write.range());
      case Request.MaskWriteRegister mask -> of(request, new AddressRange(mask.address(), 1));
      case Request.ReadWriteMultipleRegisters both -> of(request, both.read());
      case Request.Service _ -> new RequestKey(request.functionCode(), 0, 0);
    };
  }

  private static RequestKey of(Request request, AddressRange range) {
    return new RequestKey(request.functionCode(), range.start(), range.count());
  }
}
