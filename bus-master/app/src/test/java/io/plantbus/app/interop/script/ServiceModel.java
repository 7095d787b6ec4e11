package io.plantbus.app.interop.script;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// What the unit that is asked answers besides its tables: exception status, diagnostics, server
/// id, one file, two queues and its identification.
public final class ServiceModel {
  /// What function 7 reads.
  public static final int EXCEPTION_STATUS = 0x6D;

  /// What function 17 reads: an id of one byte, running, and two bytes more.
  public static final List<Integer> SERVER_ID = List.of(42, 0xFF, 0x50, 0x62);

  /// The only file, of zeros.
  public static final int FILE = 1;

  public static final int RECORDS = 16;

  /// The address of a queue that holds one register.
  public static final int QUEUE = 0;

  public static final int QUEUED = Model.HOLDING.applyAsInt(1);

  /// The address of a queue that is too long to be read.
  public static final int LONG_QUEUE = 1;

  /// What function 43 reads, by object id. The last does not fit into one answer with the others.
  public static final SortedMap<Integer, String> OBJECTS =
      new TreeMap<>(
          Map.of(0, "Interop", 1, "M1", 2, "1.0", 0x80, "x".repeat(120), 0x81, "y".repeat(120)));

  private static final int CONFORMITY = 0x83;
  private static final int MOST_PDU_BYTES = 253;
  private static final int CLEAR_COUNTERS = 10;

  private final int[] file = new int[RECORDS];
  private int messages;
  private int exceptions;
  private int events;

  String reply(Operation operation) {
    return switch (operation.function()) {
      case 7 -> Operation.ok(EXCEPTION_STATUS);
      case 8 -> diagnosed(operation);
      case 11 -> Operation.ok(0, events);
      case 17 -> Operation.ok(SERVER_ID.stream().mapToInt(Integer::intValue).toArray());
      case 20 -> read(operation);
      case 21 -> write(operation);
      case 24 -> queue(operation.argument(0));
      case 43 -> identification(operation.argument(0), operation.argument(1));
      default -> Operation.exception(1);
    };
  }

  /// The counters count what was answered, the messages what was asked.
  void replied(Operation operation, String reply) {
    messages++;
    if (reply.startsWith("exception")) {
      exceptions++;
    } else if (operation.function() != 11) {
      events++;
    }
    if (operation.function() == 8 && operation.argument(0) == CLEAR_COUNTERS) {
      messages = 0;
      exceptions = 0;
      events = 0;
    }
  }

  private String diagnosed(Operation operation) {
    return switch (operation.argument(0)) {
      case 0, CLEAR_COUNTERS -> Operation.ok(operation.values(1));
      case 11, 14 -> Operation.ok(messages + 1);
      case 13 -> Operation.ok(exceptions);
      default -> Operation.exception(1);
    };
  }

  private String read(Operation operation) {
    int first = operation.argument(1);
    int last = first + operation.argument(2);
    return operation.argument(0) == FILE && last <= RECORDS
        ? Operation.ok(Arrays.copyOfRange(file, first, last))
        : Operation.exception(2);
  }

  private String write(Operation operation) {
    int first = operation.argument(1);
    int[] values = operation.values(2);
    if (operation.argument(0) != FILE || first + values.length > RECORDS) {
      return Operation.exception(2);
    }
    System.arraycopy(values, 0, file, first, values.length);
    return Operation.ok();
  }

  private static String queue(int address) {
    return switch (address) {
      case QUEUE -> Operation.ok(QUEUED);
      case LONG_QUEUE -> Operation.exception(3);
      default -> Operation.exception(2);
    };
  }

  private static String identification(int code, int first) {
    if (code < 1 || code > 4) {
      return Operation.exception(3);
    }
    if (code == 4) {
      return OBJECTS.containsKey(first) ? identified(0, List.of(first)) : Operation.exception(2);
    }
    int last = code == 1 ? 2 : code == 2 ? 0x7F : 0xFF;
    List<Integer> ids =
        OBJECTS.tailMap(OBJECTS.containsKey(first) ? first : 0).keySet().stream()
            .filter(id -> id <= last)
            .toList();
    int bytes = 7;
    for (int i = 0; i < ids.size(); i++) {
      bytes += 2 + OBJECTS.getOrDefault(ids.get(i), "").length();
      if (bytes > MOST_PDU_BYTES) {
        return identified(ids.get(i), ids.subList(0, i));
      }
    }
    return identified(0, ids);
  }

  private static String identified(int next, List<Integer> ids) {
    IntStream head = IntStream.of(CONFORMITY, next == 0 ? 0 : 0xFF, next, ids.size());
    return Operation.ok(
        IntStream.concat(head, ids.stream().flatMapToInt(ServiceModel::object)).toArray());
  }

  private static IntStream object(int id) {
    byte[] value = OBJECTS.getOrDefault(id, "").getBytes(StandardCharsets.US_ASCII);
    return IntStream.concat(
        IntStream.of(id, value.length), IntStream.range(0, value.length).map(i -> value[i]));
  }
}
