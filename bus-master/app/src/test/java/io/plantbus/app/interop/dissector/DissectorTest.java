package io.plantbus.app.interop.dissector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.app.interop.script.Model;
import io.plantbus.app.interop.script.Operation;
import io.plantbus.protocols.modbus.trace.LineFraming;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Wireshark's dissector sees in each frame of a capture what the frame was meant to say, and
/// nothing wrong.
class DissectorTest {
  @TempDir private Path folder = Path.of("");

  @BeforeAll
  static void requireTshark() {
    String obstacle = Tshark.unavailable();
    Assumptions.assumeTrue(obstacle == null, obstacle);
  }

  @Test
  void theFramesOfModbusTcpSayWhatTheyShould() throws IOException {
    check(meant(true), Tshark.dissected(Conversation.overTcp(), LineFraming.MBAP_STREAM, folder));
  }

  /// A query without arguments has four bytes on a serial line, and the dissector takes no frame
  /// shorter than five.
  @Test
  void theFramesOfModbusRtuSayWhatTheyShould() throws IOException {
    check(meant(false), Tshark.dissected(Conversation.overRtu(), LineFraming.RTU, folder));
  }

  /// @param all with queries that have no arguments
  private static List<String> meant(boolean all) {
    List<String> meant = new ArrayList<>();
    Model model = new Model();
    for (Operation operation : Conversation.operations()) {
      String about = " 17 " + operation.function() + " ";
      String query = MeantFields.query(operation);
      if (all || !query.isEmpty()) {
        meant.add(("Query" + about + query).strip());
      }
      meant.add("Response" + about + MeantFields.answer(operation, model.reply(operation)));
    }
    return meant;
  }

  private static void check(List<String> meant, List<String> seen) {
    for (int i = 0; i < Math.min(meant.size(), seen.size()); i++) {
      assertEquals(meant.get(i), seen.get(i), "frame " + (i + 1));
    }
    assertEquals(meant.size(), seen.size());
  }
}
