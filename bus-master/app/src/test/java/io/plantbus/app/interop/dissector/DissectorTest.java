package io.plantbus.app.interop.dissector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.app.interop.script.Bytes;
import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.app.interop.script.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wireshark's dissector sees in each frame what the frame was meant to say, and nothing wrong.
class DissectorTest {
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void requireTshark() {
    String obstacle = Tshark.unavailable();
    Assumptions.assumeTrue(obstacle == null, obstacle);
  }

  @Test
  void theFramesOfModbusTcpSayWhatTheyShould() throws IOException {
    check(Tshark.dissected(Conversation.overTcp(), "mbtcp", folder));
  }

  @Test
  void theFramesOfModbusRtuSayWhatTheyShould() throws IOException {
    check(Tshark.dissected(Conversation.overRtu(), "mbrtu", folder));
  }

  private static void check(List<String> seen) {
    List<String> meant = new ArrayList<>();
    Model model = new Model();
    for (Operation operation : Script.OPERATIONS) {
      meant.add("Query 17 " + operation.function() + " " + query(operation));
      meant.add("Response 17 " + operation.function() + answer(operation, model.reply(operation)));
    }
    for (int i = 0; i < Math.min(meant.size(), seen.size()); i++) {
      assertEquals(meant.get(i), seen.get(i), "frame " + (i + 1));
    }
    assertEquals(meant.size(), seen.size());
  }

  private static String query(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 15 -> {
        int[] bits = operation.values(1);
        yield first + " " + bits.length + " " + HexFormat.of().formatHex(Bytes.ofBits(bits));
      }
      case 16 -> {
        int[] registers = operation.values(1);
        yield first + " " + registers.length + " " + commas(registers);
      }
      case 23 -> {
        int[] registers = operation.values(3);
        yield "%d %d %d %d %s"
            .formatted(first, second, operation.argument(2), registers.length, hex(registers));
      }
      default -> same(operation);
    };
  }

  private static String answer(Operation operation, String reply) {
    if (!reply.startsWith("ok")) {
      return reply.replace("exception", "");
    }
    int[] values = Arrays.stream(reply.split(" ")).skip(1).mapToInt(Integer::parseInt).toArray();
    return " "
        + switch (operation.function()) {
          case 1, 2, 3, 4 -> commas(values);
          case 15, 16 -> operation.argument(0) + " " + operation.values(1).length;
          case 23 -> hex(values);
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

  private static String hex(int... registers) {
    return HexFormat.of().formatHex(Bytes.ofRegisters(registers));
  }

  private static String commas(int... values) {
    return IntStream.of(values).mapToObj(String::valueOf).collect(Collectors.joining(","));
  }
}
