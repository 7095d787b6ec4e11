package io.plantbus.app.interop.peers;

import io.plantbus.app.interop.script.Bytes;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.List;
import java.util.stream.IntStream;

/// Operations and replies in the types of this project.
public final class PlantbusWords {
  private PlantbusWords() {}

  /// Whether there is such a request: one that breaks a rule of the specification cannot be made.
  public static boolean exists(Operation operation) {
    try {
      return request(operation).functionCode() == operation.function();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  /// The request.
  ///
  /// @throws IllegalArgumentException if it breaks a rule of the specification
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
      default -> service(operation);
    };
  }

  private static Request service(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 7 -> new Request.ReadExceptionStatus();
      case 8 -> new Request.Diagnostics(subFunction(first), bytes(operation.values(1)));
      case 11 -> new Request.GetCommEventCounter();
      case 17 -> new Request.ReportServerId();
      case 20 ->
          new Request.ReadFileRecord(List.of(new FileSpan(first, second, operation.argument(2))));
      case 21 ->
          new Request.WriteFileRecord(
              List.of(new FileRecord(first, second, RegisterBlock.of(operation.values(2)))));
      case 24 -> new Request.ReadFifoQueue(first);
      case 43 -> new Request.ReadDeviceIdentification(first, second);
      default -> new Request.UserDefined(operation.function(), ByteBlock.of());
    };
  }

  private static SubFunction subFunction(int code) {
    SubFunction known = SubFunction.of(code);
    if (known == null) {
      throw new IllegalArgumentException("no sub-function " + code);
    }
    return known;
  }

  private static ByteBlock bytes(int[] words) {
    byte[] bytes = Bytes.ofRegisters(words);
    return ByteBlock.copyOf(bytes, 0, bytes.length);
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
      case Response.Registers(RegisterBlock registers) -> Operation.ok(values(registers).toArray());
      case Response.Written _ -> Operation.ok();
      case Response.Refusal refusal -> Operation.exception(refusal.code());
      case Response.Service service -> reply(service);
    };
  }

  private static String reply(Response.Service service) {
    return switch (service) {
      case Response.ExceptionStatus(int outputs) -> Operation.ok(outputs);
      case Response.Diagnostics(_, ByteBlock data) -> Operation.ok(Bytes.registers(data.toArray()));
      case Response.CommEventCounter(boolean busy, int events) ->
          Operation.ok(busy ? 0xFFFF : 0, events);
      case Response.ServerId(ByteBlock data) -> Operation.ok(values(data).toArray());
      case Response.FileRecords(List<RegisterBlock> records) ->
          Operation.ok(records.stream().flatMapToInt(PlantbusWords::values).toArray());
      case Response.FifoQueue(RegisterBlock registers) -> Operation.ok(values(registers).toArray());
      case Response.DeviceIdentification identification -> Operation.ok(values(identification));
      case Response.CommEventLog _, Response.UserDefined _ -> "fault " + service;
    };
  }

  private static int[] values(Response.DeviceIdentification identification) {
    IntStream head =
        IntStream.of(
            identification.conformity(),
            identification.more() ? 0xFF : 0,
            identification.nextObjectId(),
            identification.objects().size());
    IntStream objects =
        identification.objects().stream()
            .flatMapToInt(
                object ->
                    IntStream.concat(
                        IntStream.of(object.id(), object.value().length()),
                        values(object.value())));
    return IntStream.concat(head, objects).toArray();
  }

  private static IntStream values(RegisterBlock registers) {
    return IntStream.range(0, registers.count()).map(registers::register);
  }

  private static IntStream values(ByteBlock bytes) {
    return IntStream.range(0, bytes.length()).map(bytes::byteAt);
  }
}
