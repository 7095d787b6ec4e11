package io.plantbus.app.device;

import io.plantbus.app.device.diagnosis.EventWords;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a device answered, in rows for a person.
public final class AnswerText {
  private AnswerText() {}

  /// The rows of an answer.
  ///
  /// @param request what it answers
  public static List<String> rows(Request request, Response answer) {
    return switch (answer) {
      case Response.Bits(BitBlock bits) -> bits(request, bits);
      case Response.Registers(RegisterBlock registers) -> registers(request, registers);
      case Response.Written _ -> List.of("done, says the device");
      case Response.Refusal refusal -> List.of("refused: " + OutcomeText.words(refusal));
      case Response.ExceptionStatus(int outputs) -> List.of(outputs(outputs));
      case Response.Diagnostics diagnostics -> List.of(diagnostics(diagnostics));
      case Response.CommEventCounter(boolean busy, int events) -> List.of(events(busy, events));
      case Response.CommEventLog log -> log(log);
      case Response.ServerId(var data) -> ServerIdText.of(data).rows();
      case Response.FileRecords(var records) -> files(request, records);
      case Response.FifoQueue(var queued) ->
          queued.count() == 0 ? List.of("the queue is empty") : words("queued ", 0, queued);
      case Response.DeviceIdentification identification -> identification(identification);
      case Response.UserDefined(var data) -> List.of(ByteText.hex(data));
    };
  }

  private static List<String> bits(Request request, BitBlock bits) {
    List<String> rows = new ArrayList<>();
    if (request instanceof Request.Read read) {
      for (int i = 0; i < bits.count(); i++) {
        rows.add(row(read.table(), read.range().start() + i, bits.bit(i) ? "on" : "off"));
      }
    }
    return rows;
  }

  private static List<String> registers(Request request, RegisterBlock registers) {
    DataTable table = DataTable.HOLDING_REGISTERS;
    int start = 0;
    if (request instanceof Request.Read(DataTable read, AddressRange range)) {
      table = read;
      start = range.start();
    } else if (request instanceof Request.ReadWriteMultipleRegisters both) {
      start = both.read().start();
    }
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < registers.count(); i++) {
      rows.add(row(table, start + i, word(registers.register(i))));
    }
    return rows;
  }

  private static String row(DataTable table, int at, String value) {
    RegisterAddress address = new RegisterAddress(table, at);
    return "%-14s %-8s %s".formatted(address.named(), address.modicon(), value);
  }

  private static List<String> words(String name, int first, RegisterBlock registers) {
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < registers.count(); i++) {
      rows.add("%-23s %s".formatted(name + (first + i), word(registers.register(i))));
    }
    return rows;
  }

  private static List<String> files(Request request, List<RegisterBlock> records) {
    List<String> rows = new ArrayList<>();
    List<FileSpan> spans =
        request instanceof Request.ReadFileRecord(List<FileSpan> asked) ? asked : List.of();
    for (int i = 0; i < Math.min(spans.size(), records.size()); i++) {
      FileSpan span = spans.get(i);
      rows.addAll(words("file %d record ".formatted(span.file()), span.record(), records.get(i)));
    }
    return rows;
  }

  private static String word(int value) {
    return "%-8d [%04x]".formatted(value, value);
  }

  /// Eight outputs, such as `00000101, outputs 0 and 2 on`.
  public static String outputs(int outputs) {
    List<String> on = new ArrayList<>();
    for (int bit = 0; bit < 8; bit++) {
      if ((outputs & 1 << bit) != 0) {
        on.add(Integer.toString(bit));
      }
    }
    String bits = String.format("%8s", Integer.toBinaryString(outputs)).replace(' ', '0');
    return bits + (on.isEmpty() ? ", all outputs off" : ", on: " + String.join(" ", on));
  }

  private static String diagnostics(Response.Diagnostics answer) {
    return answer.subFunction().returnsWord()
        ? "%-23s %s".formatted(name(answer), word(answer.word()))
        : name(answer) + ": done, says the device";
  }

  private static String name(Response.Diagnostics answer) {
    return answer.subFunction().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /// What an event counter says.
  public static String events(boolean busy, int events) {
    return events + " completed, " + (busy ? "a program command is under way" : "ready");
  }

  private static List<String> log(Response.CommEventLog log) {
    List<String> rows = new ArrayList<>();
    rows.add("%s, %d messages".formatted(events(log.busy(), log.events()), log.messages()));
    for (EventWords.Repeated each : EventWords.of(log.log())) {
      rows.add("%3d × %s".formatted(each.count(), each.words()));
    }
    return rows;
  }

  private static List<String> identification(Response.DeviceIdentification answer) {
    List<String> rows = new ArrayList<>();
    answer.objects().forEach(object -> rows.add(object(object)));
    rows.add(
        "%-23s 0x%02X  %s"
            .formatted(
                "conformity",
                answer.conformity(),
                Identification.conformityText(answer.conformity())));
    if (answer.more()) {
      rows.add("more follows: ask from 0x%02X on".formatted(answer.nextObjectId()));
    }
    return rows;
  }

  /// The row of an object of an identification.
  public static String object(DeviceObject object) {
    return "%-23s 0x%02X  %s"
        .formatted(Identification.nameOf(object.id()), object.id(), ByteText.text(object.value()));
  }
}
