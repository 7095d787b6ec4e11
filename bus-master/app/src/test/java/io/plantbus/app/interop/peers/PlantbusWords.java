package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.script.Operation;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.stream.IntStream;

/// Operations and replies in the types of this project.
public final class PlantbusWords {
  private PlantbusWords() {}

  public static Request request(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 1 -> new Request.Read(DataTable.COILS, new AddressRange(first, second));
      case 2 -> new Request.Read(DataTable.DISCRETE_INPUTS, new AddressRange(first, second));
      case 3 -> new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(first, second));
      case 4 -> new Request.Read(DataTable.INPUT_REGISTERS, new AddressRange(first, second));
      case 5 -> new Request.WriteSingleCoil(first, second != 0);
      case 6 -> new Request.WriteSingleRegister(first, second);
      case 15 -> new Request.WriteMultipleCoils(first, bits(operation.values(1)));
      case 16 -> new Request.WriteMultipleRegisters(first, RegisterBlock.of(operation.values(1)));
      case 22 -> new Request.MaskWriteRegister(first, second, operation.argument(2));
      case 23 ->
          new Request.ReadWriteMultipleRegisters(
              new AddressRange(first, second),
              operation.argument(2),
              RegisterBlock.of(operation.values(3)));
      default -> throw new IllegalArgumentException("no function " + operation.function());
    };
  }

  private static BitBlock bits(int[] values) {
    boolean[] bits = new boolean[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = values[i] != 0;
    }
    return BitBlock.of(bits);
  }

  public static String reply(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered(Response response) -> reply(response);
      case Outcome.Refused(Response.Refusal refusal) -> Operation.exception(refusal.code());
      case Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _, Outcome.Broadcast _ ->
          "fault " + outcome;
    };
  }

  private static String reply(Response response) {
    return switch (response) {
      case Response.Bits(BitBlock bits) ->
          Operation.ok(IntStream.range(0, bits.count()).map(i -> bits.bit(i) ? 1 : 0).toArray());
      case Response.Registers(RegisterBlock registers) ->
          Operation.ok(IntStream.range(0, registers.count()).map(registers::register).toArray());
      case Response.Written _ -> Operation.ok();
      case Response.Refusal refusal -> Operation.exception(refusal.code());
      case Response.Service service -> "fault " + service;
    };
  }
}
