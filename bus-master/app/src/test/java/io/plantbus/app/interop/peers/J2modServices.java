package io.plantbus.app.interop.peers;

import com.ghgande.j2mod.modbus.msg.ModbusRequest;
import com.ghgande.j2mod.modbus.msg.ModbusResponse;
import com.ghgande.j2mod.modbus.msg.ReadCommEventCounterRequest;
import com.ghgande.j2mod.modbus.msg.ReadCommEventCounterResponse;
import com.ghgande.j2mod.modbus.msg.ReadExceptionStatusRequest;
import com.ghgande.j2mod.modbus.msg.ReadExceptionStatusResponse;
import com.ghgande.j2mod.modbus.msg.ReadFIFOQueueRequest;
import com.ghgande.j2mod.modbus.msg.ReadFIFOQueueResponse;
import com.ghgande.j2mod.modbus.msg.ReadFileRecordRequest;
import com.ghgande.j2mod.modbus.msg.ReadFileRecordResponse;
import com.ghgande.j2mod.modbus.msg.ReadFileRecordResponse.RecordResponse;
import com.ghgande.j2mod.modbus.msg.ReadMEIRequest;
import com.ghgande.j2mod.modbus.msg.ReadMEIResponse;
import com.ghgande.j2mod.modbus.msg.ReadSerialDiagnosticsRequest;
import com.ghgande.j2mod.modbus.msg.ReadSerialDiagnosticsResponse;
import com.ghgande.j2mod.modbus.msg.ReadWriteMultipleRequest;
import com.ghgande.j2mod.modbus.msg.ReadWriteMultipleResponse;
import com.ghgande.j2mod.modbus.msg.ReportSlaveIDRequest;
import com.ghgande.j2mod.modbus.msg.ReportSlaveIDResponse;
import com.ghgande.j2mod.modbus.msg.WriteFileRecordRequest;
import com.ghgande.j2mod.modbus.msg.WriteFileRecordResponse;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.util.stream.IntStream;

/// Requests for which the master of j2mod has no method of its own, and their answers.
final class J2modServices {
  private J2modServices() {}

  static ModbusRequest request(Operation operation) {
    ModbusRequest request = bare(operation);
    request.setUnitID(Script.UNIT);
    return request;
  }

  private static ModbusRequest bare(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 7 -> new ReadExceptionStatusRequest();
      case 8 -> {
        ReadSerialDiagnosticsRequest request = new ReadSerialDiagnosticsRequest();
        request.setFunction(first);
        request.setData(second);
        yield request;
      }
      case 11 -> new ReadCommEventCounterRequest();
      case 17 -> new ReportSlaveIDRequest();
      case 20 -> {
        ReadFileRecordRequest request = new ReadFileRecordRequest();
        request.addRequest(
            new ReadFileRecordRequest.RecordRequest(first, second, operation.argument(2)));
        yield request;
      }
      case 21 -> {
        WriteFileRecordRequest request = new WriteFileRecordRequest();
        request.addRequest(
            new WriteFileRecordRequest.RecordRequest(first, second, shorts(operation.values(2))));
        yield request;
      }
      case 23 -> {
        ReadWriteMultipleRequest request =
            new ReadWriteMultipleRequest(Script.UNIT, first, second, operation.argument(2), 0);
        request.setRegisters(J2modPeer.registers(operation.values(3)));
        yield request;
      }
      case 24 -> {
        ReadFIFOQueueRequest request = new ReadFIFOQueueRequest();
        request.setReference(first);
        yield request;
      }
      case 43 -> new ReadMEIRequest(first, second);
      default -> throw new IllegalArgumentException("no function " + operation.function());
    };
  }

  static String reply(ModbusResponse response) {
    return switch (response) {
      case ReadExceptionStatusResponse status -> Operation.ok(status.getStatus());
      case ReadSerialDiagnosticsResponse answer -> Operation.ok(answer.getData() & 0xFFFF);
      case ReadCommEventCounterResponse counter ->
          Operation.ok(counter.getStatus(), counter.getEventCount());
      case ReportSlaveIDResponse id ->
          Operation.ok(
              IntStream.concat(
                      IntStream.of(id.getSlaveID(), id.getStatus() ? 0xFF : 0),
                      bytes(id.getData(), 0))
                  .toArray());
      case ReadFileRecordResponse file ->
          Operation.ok(
              IntStream.range(0, file.getRecordCount())
                  .mapToObj(file::getRecord)
                  .flatMapToInt(J2modServices::words)
                  .toArray());
      case WriteFileRecordResponse _ -> Operation.ok();
      case ReadWriteMultipleResponse both -> J2modPeer.words(both.getRegisters());
      case ReadFIFOQueueResponse queue -> Operation.ok(queue.getRegisters());
      case ReadMEIResponse identification ->
          Operation.ok(bytes(identification.getMessage(), 2).toArray());
      default -> "fault " + response;
    };
  }

  private static IntStream words(RecordResponse record) {
    return IntStream.range(0, record.getWordCount()).map(i -> record.getRegister(i).getValue());
  }

  private static IntStream bytes(byte[] bytes, int from) {
    return IntStream.range(from, bytes.length).map(i -> bytes[i] & 0xFF);
  }

  private static short[] shorts(int[] values) {
    short[] shorts = new short[values.length];
    for (int i = 0; i < values.length; i++) {
      shorts[i] = (short) values[i];
    }
    return shorts;
  }
}
