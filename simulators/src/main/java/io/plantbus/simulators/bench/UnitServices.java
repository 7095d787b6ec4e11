package io.plantbus.simulators.bench;

import io.plantbus.devices.slave.DeviceIdentity;
import io.plantbus.devices.slave.FileMemory;
import io.plantbus.devices.slave.RegisterQueue;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.PduLength;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a simulated Modbus slave answers besides its tables. What is null or empty it refuses, or
/// answers as its profile does.
///
/// @param identity function code 43, MEI type 14 (AP 6.21)
/// @param serverId function code 17 (AP 6.13)
/// @param exceptionStatus function code 7, 0..255 (AP 6.7)
/// @param files function codes 20 and 21, by number 1..65535 (AP 6.14, 6.15)
/// @param queues function code 24: registers 0..65535 by address 0..65535 (AP 6.18); more than 31
///   are refused when they are read
/// @param functions user-defined ones, each code once
public record UnitServices(
    @Nullable DeviceIdentity identity,
    Response.@Nullable ServerId serverId,
    @Nullable Integer exceptionStatus,
    Map<Integer, FileContent> files,
    Map<Integer, List<Integer>> queues,
    List<FixedFunction> functions) {
  /// Nothing more than a slave has by itself.
  public static final UnitServices NONE =
      new UnitServices(null, null, null, Map.of(), Map.of(), List.of());

  public UnitServices {
    files = Map.copyOf(files);
    queues = Map.copyOf(queues);
    functions = List.copyOf(functions);
  }

  /// A file.
  ///
  /// @param records how many it has, 1..10000
  /// @param values what the first of them hold, 0..65535; the others hold zero
  public record FileContent(int records, List<Integer> values) {
    public FileContent {
      values = List.copyOf(values);
      if (!FileSpan.isValid(1, 0, records) || values.size() > records) {
        throw new IllegalArgumentException(
            "a file has 1..%d records, and no more values than those".formatted(FileSpan.RECORDS));
      }
    }
  }

  /// A user-defined function with one answer.
  ///
  /// @param code 1..127, none of the specification's
  /// @param requestBytes how many bytes follow the function code, 0..252, or [#COUNTED]
  /// @param response [Response.UserDefined] or a refusal
  public record FixedFunction(int code, int requestBytes, Response response) {
    /// The first byte after the function code tells how many follow it.
    public static final int COUNTED = -1;

    /// What a server must know of it.
    UserFunction known() {
      int answer = response instanceof Response.UserDefined(var data) ? data.length() : 0;
      return new UserFunction(
          code,
          requestBytes == COUNTED ? PduLength.byteCountAt(1) : PduLength.fixed(1 + requestBytes),
          PduLength.fixed(1 + answer));
    }
  }

  /// The codes of the functions that these answer, ascending.
  public SortedSet<Integer> functionCodes() {
    SortedSet<Integer> codes = new TreeSet<>();
    if (exceptionStatus != null) {
      codes.add(7);
    }
    if (serverId != null) {
      codes.add(17);
    }
    if (!files.isEmpty()) {
      codes.addAll(List.of(20, 21));
    }
    if (!queues.isEmpty()) {
      codes.add(24);
    }
    if (identity != null) {
      codes.add(43);
    }
    functions.forEach(function -> codes.add(function.code()));
    return codes;
  }

  /// Has a slave answer these.
  ///
  /// @param services of the slave, not yet served
  SlaveServices addTo(SlaveServices services) {
    if (identity != null) {
      services.with(identity);
    }
    if (serverId != null) {
      services.with(serverId);
    }
    if (exceptionStatus != null) {
      services.withExceptionStatus(exceptionStatus);
    }
    if (!files.isEmpty()) {
      services.with(memory());
    }
    queues.forEach((address, registers) -> services.with(address, queue(registers)));
    for (FixedFunction function : functions) {
      services.with(function.known(), (_, _) -> function.response());
    }
    return services;
  }

  private FileMemory memory() {
    FileMemory memory = new FileMemory();
    files.forEach(
        (file, content) -> {
          memory.with(file, content.records());
          if (!content.values().isEmpty()) {
            memory.set(new FileRecord(file, 0, block(content.values())));
          }
        });
    return memory;
  }

  private static RegisterBlock block(List<Integer> registers) {
    return RegisterBlock.of(registers.stream().mapToInt(Integer::intValue).toArray());
  }

  private static RegisterQueue queue(List<Integer> registers) {
    RegisterQueue queue = new RegisterQueue(Math.max(1, registers.size()));
    registers.forEach(queue::add);
    return queue;
  }
}
