package io.plantbus.protocols.capture;

import static io.plantbus.protocols.modbus.trace.Heard.MS;
import static io.plantbus.protocols.modbus.trace.Heard.bytes;
import static io.plantbus.protocols.modbus.trace.Heard.mbap;
import static io.plantbus.protocols.modbus.trace.Heard.rtu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.Heard;
import io.plantbus.protocols.modbus.trace.LineFraming;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Wireshark's dissectors make of our captures.
class WiresharkTest {
  private static final String[][] EXCHANGES = {
    {"11 03 0064 0002", "11 03 04 0001 0002"},
    {"11 01 0305 0018", "11 01 03 555555"},
    {"11 02 0000 0008", "11 02 01 55"},
    {"11 04 0000 0001", "11 04 02 0007"},
    {"11 05 0064 ff00", "11 05 0064 ff00"},
    {"11 06 0064 0004", "11 06 0064 0004"},
    {"11 0f 0000 0004 01 0b", "11 0f 0000 0004"},
    {"11 10 0001 0001 02 0007", "11 10 0001 0001"},
    {"11 16 0001 0001 0005", "11 16 0001 0001 0005"},
    {"11 17 0001 0001 0005 0001 02 0009", "11 17 02 0007"},
    {"11 03 0063 0001", "11 83 02"},
  };

  @TempDir private Path folder = Path.of("");

  private Path capture(LineFraming framing) throws IOException {
    Path file = folder.resolve(framing + ".pcapng");
    List<byte[]> blocks = new ArrayList<>();
    PcapngWriter writer =
        new PcapngWriter(
            block -> {
              byte[] copy = new byte[block.remaining()];
              block.get(copy);
              blocks.add(copy);
            },
            "plantbus test",
            "");
    LineRecorder line =
        new LineRecorder(writer, 3, "line", "", Heard.settings(framing), TraceText.ALL_UNITS, true);
    long now = 1_700_000_000_000_000_000L;
    for (int i = 0; i < EXCHANGES.length; i++) {
      for (int side = 0; side < 2; side++) {
        byte[] frame = frame(framing, i + 1, EXCHANGES[i][side]);
        Channel channel = side == 0 ? Channel.FROM_CLIENT : Channel.FROM_SERVER;
        line.heard(channel, frame, 0, frame.length, now += 3 * MS);
      }
    }
    line.close(now);
    assertEquals(2L * EXCHANGES.length, line.packets());
    try (var out = Files.newOutputStream(file)) {
      for (byte[] block : blocks) {
        out.write(block);
      }
    }
    return file;
  }

  private static byte[] frame(LineFraming framing, int number, String hex) {
    return switch (framing) {
      case RTU -> rtu(hex);
      case MBAP_STREAM, MBAP_DATAGRAM -> mbap(number, hex);
      case ASCII -> {
        int sum = 0;
        for (byte each : bytes(hex)) {
          sum += each;
        }
        yield ":%s%02X\r\n"
            .formatted(hex.replace(" ", ""), -sum & 0xFF)
            .getBytes(StandardCharsets.US_ASCII);
      }
    };
  }

  private List<String> tshark(Path file, String... options) throws IOException {
    List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", file.toString()));
    command.addAll(List.of(options));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectOutput(folder.resolve("out").toFile())
              .start();
    } catch (IOException missing) {
      Assumptions.abort("tshark is not installed: " + missing.getMessage());
      return List.of();
    }
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "tshark takes longer than a minute");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException(interrupted);
    }
    return Files.readAllLines(folder.resolve("out"));
  }

  private List<String> fields(Path file, String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("-T", "fields", "-e", "modbus.func_code", "-e", "_ws.malformed", "-e"));
    all.add("_ws.col.Info");
    return tshark(file, all.toArray(String[]::new));
  }

  private void bothDirectionsAreDissected(Path file, String... options) throws IOException {
    List<String> lines = fields(file, options);
    assertEquals(2 * EXCHANGES.length, lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String[] fields = lines.get(i).split("\t", -1);
      int function = bytes(EXCHANGES[i / 2][0])[1];
      assertEquals(Integer.toString(function), fields[0], lines.get(i));
      assertEquals("", fields[1], lines.get(i));
      assertTrue(fields[2].strip().startsWith(i % 2 == 0 ? "Query" : "Response"), lines.get(i));
    }
  }

  @Test
  void modbusTcpIsDissectedInBothDirectionsWithoutAnySetting() throws IOException {
    Path file = capture(LineFraming.MBAP_STREAM);

    bothDirectionsAreDissected(file);
    assertEquals(
        List.of("100,101"),
        tshark(file, "-Y", "frame.number == 2", "-T", "fields", "-e", "modbus.regnum16"));
    assertEquals(
        List.of(),
        tshark(
            file,
            "-o",
            "ip.check_checksum:TRUE",
            "-o",
            "tcp.check_checksum:TRUE",
            "-Y",
            "ip.checksum.status == 0 or tcp.checksum.status == 0 or tcp.analysis.flags"));
  }

  @Test
  void modbusUdpIsDissectedInBothDirectionsWithoutAnySetting() throws IOException {
    Path file = capture(LineFraming.MBAP_DATAGRAM);

    bothDirectionsAreDissected(file);
    assertEquals(
        List.of(), tshark(file, "-o", "udp.check_checksum:TRUE", "-Y", "udp.checksum.status == 0"));
  }

  @Test
  void aSerialLineIsDissectedWithoutAnySettingAndItsDirectionsWithOne() throws IOException {
    Path file = capture(LineFraming.RTU);

    List<String> lines = fields(file);
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).startsWith(bytes(EXCHANGES[i / 2][0])[1] + "\t\t"), lines.get(i));
    }
    bothDirectionsAreDissected(file, "-o", "mbrtu.tcp.port:5020");
    assertEquals(
        List.of(),
        tshark(file, "-o", "mbrtu.crc_verification:TRUE", "-Y", "mbrtu.crc16.status == 0"));
  }

  @Test
  void eachPacketOfASerialLineTellsInACommentWhatItSays() throws IOException {
    List<String> comments = tshark(capture(LineFraming.RTU), "-T", "fields", "-e", "frame.comment");

    assertEquals("#5: write coil 100 = on", comments.get(8));
    assertEquals("#11: answer after 3.00 ms: refused 02 illegal data address", comments.get(21));
  }

  @Test
  void asciiFramesAreTextWithACommentAsThereIsNoDissector() throws IOException {
    Path file = capture(LineFraming.ASCII);

    assertEquals(
        2 * EXCHANGES.length, tshark(file, "-Y", "data-text-lines and frame.comment").size());
  }
}
