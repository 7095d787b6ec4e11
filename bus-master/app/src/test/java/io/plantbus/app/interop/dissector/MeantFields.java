package io.plantbus.app.interop.dissector;

import io.plantbus.app.interop.script.Bytes;
import io.plantbus.app.interop.script.Operation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a dissector must tell of frames, field by field, in the order of [Tshark].
final class MeantFields {
  private static final int FIRST_EXTENDED_OBJECT = 0x80;

  private MeantFields() {}

  static String query(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 7, 11, 17 -> "";
      case 8 -> first == 0 ? "0 " + hex(operation.values(1)) : hex(second) + " " + first;
      case 15 -> {
        int[] bits = operation.values(1);
        yield first + " " + bits.length + " " + HexFormat.of().formatHex(Bytes.ofBits(bits));
      }
      case 16 -> {
        int[] registers = operation.values(1);
        yield first + " " + registers.length + " " + commas(registers);
      }
      case 20 -> operation.argument(2) + " " + file(operation);
      case 21 -> written(operation);
      case 23 -> {
        int[] registers = operation.values(3);
        yield "%d %d %d %d %s"
            .formatted(first, second, operation.argument(2), registers.length, hex(registers));
      }
      case 24 -> "" + first;
      default -> same(operation);
    };
  }

  static String answer(Operation operation, String reply) {
    if (!reply.startsWith("ok")) {
      return reply.replace("exception ", "");
    }
    int[] values = Arrays.stream(reply.split(" ")).skip(1).mapToInt(Integer::parseInt).toArray();
    return switch (operation.function()) {
      case 1, 2, 3, 4 -> commas(values);
      case 7 -> "%02x".formatted(values[0]);
      case 8 -> operation.argument(0) + " " + diagnosed(operation, values);
      case 11 -> "0x%04x %d".formatted(values[0], values[1]);
      case 15, 16 -> operation.argument(0) + " " + operation.values(1).length;
      case 17 -> "%02x".formatted(values.length) + bytes(values);
      case 20 -> hex(values) + " 6";
      case 21 -> written(operation);
      case 23 -> hex(values);
      case 24 -> values.length + " " + hex(values);
      case 43 -> operation.argument(0) + " " + identification(values);
      default -> same(operation);
    };
  }

  /// What is the same in a query and in its answer.
  private static String same(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 5 -> first + (second != 0 ? " ff00" : " 0000");
      case 6 -> first + " " + hex(second);
      case 22 -> "%d 0x%04x 0x%04x".formatted(first, second, operation.argument(2));
      default -> first + " " + second;
    };
  }

  private static String diagnosed(Operation operation, int[] values) {
    return operation.argument(0) == 0 ? hex(values) : "" + values[0];
  }

  /// Reference type, and file and record as one number.
  private static String file(Operation operation) {
    return "6 " + (operation.argument(0) << 16 | operation.argument(1));
  }

  private static String written(Operation operation) {
    int[] registers = operation.values(2);
    return registers.length + " " + hex(registers) + " " + file(operation);
  }

  /// From conformity, more follows, next object, number of objects, and each object's id, length
  /// and bytes.
  private static String identification(int[] values) {
    List<String> ids = new ArrayList<>();
    List<String> lengths = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    List<String> others = new ArrayList<>();
    for (int at = 4; at < values.length; at += 2 + values[at + 1]) {
      int[] value = Arrays.copyOfRange(values, at + 2, at + 2 + values[at + 1]);
      ids.add("" + values[at]);
      lengths.add("" + value.length);
      if (values[at] < FIRST_EXTENDED_OBJECT) {
        texts.add(new String(value, 0, value.length));
      } else {
        others.add(bytes(value));
      }
    }
    return "%s 0x%02x 0x%02x %d %d %s %s %s"
        .formatted(
            String.join(",", ids),
            values[0],
            values[1],
            values[2],
            values[3],
            String.join(",", lengths),
            String.join(",", texts),
            String.join(",", others))
        .replace("  ", " ")
        .strip();
  }

  private static String bytes(int... values) {
    return IntStream.of(values).mapToObj("%02x"::formatted).collect(Collectors.joining());
  }

  private static String hex(int... registers) {
    return HexFormat.of().formatHex(Bytes.ofRegisters(registers));
  }

  private static String commas(int... values) {
    return IntStream.of(values).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }
}
