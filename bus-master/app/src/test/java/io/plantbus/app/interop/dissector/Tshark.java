package io.plantbus.app.interop.dissector;

import io.plantbus.app.interop.peers.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Wireshark on the command line: it is given a capture, and tells what it sees in it.
final class Tshark {
  private static final Path TSHARK = Path.of("/usr/bin/tshark");
  private static final Path TEXT2PCAP = Path.of("/usr/bin/text2pcap");

  /// What is told of each frame, in this order.
  private static final List<String> FIELDS =
      List.of(
          "mbtcp.unit_id",
          "mbrtu.unit_id",
          "modbus.func_code",
          "modbus.exception_code",
          "modbus.reference_num",
          "modbus.read_reference_num",
          "modbus.read_word_cnt",
          "modbus.write_reference_num",
          "modbus.write_word_cnt",
          "modbus.word_cnt",
          "modbus.bit_cnt",
          "modbus.regval_uint16",
          "modbus.bitval",
          "modbus.data",
          "modbus.and_mask",
          "modbus.or_mask",
          "_ws.malformed",
          "_ws.expert.message");

  private Tshark() {}

  /// Why it cannot be run on this machine and what to do about that, or null if it can.
  static @Nullable String unavailable() {
    return Files.isExecutable(TSHARK) && Files.isExecutable(TEXT2PCAP)
        ? null
        : "tshark is not installed: install the package tshark";
  }

  /// What it sees in each frame of a connection: `Query` or `Response`, and every field that is
  /// there, separated by blanks.
  ///
  /// @param dissector `mbtcp` or `mbrtu`
  static List<String> dissected(List<Conversation.Frame> frames, String dissector, Path folder)
      throws IOException {
    Path capture = capture(frames, folder);
    List<String> command = new ArrayList<>(List.of(TSHARK.toString(), "-r", capture.toString()));
    // Only by the port of the server does a dissector tell a query from a response.
    for (String each : List.of("mbtcp", "mbrtu")) {
      command.addAll(List.of("-o", each + ".tcp.port:" + (each.equals(dissector) ? 502 : 1502)));
    }
    command.addAll(List.of("-o", "mbrtu.crc_verification:TRUE", "-T", "fields"));
    command.addAll(List.of("-E", "separator=/s", "-e", "_ws.col.Info"));
    FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    return Programs.output(command.toArray(String[]::new))
        .lines()
        .filter(line -> line.contains("Query:") || line.contains("Response:"))
        .map(
            line ->
                line.strip()
                    .replaceFirst(":.*?Func: *\\d+: [A-Za-z ]*(\\. Exception returned)?", " "))
        .map(line -> line.replaceAll(" +", " ").strip())
        .toList();
  }

  private static Path capture(List<Conversation.Frame> frames, Path folder) throws IOException {
    StringBuilder dump = new StringBuilder();
    for (Conversation.Frame frame : frames) {
      dump.append(frame.request() ? "I\n0000 " : "O\n0000 ")
          .append(HexFormat.ofDelimiter(" ").formatHex(frame.bytes()))
          .append('\n');
    }
    Path text = folder.resolve("frames.txt");
    Path capture = folder.resolve("frames.pcapng");
    Files.writeString(text, dump);
    String said =
        Programs.output(
            TEXT2PCAP.toString(), "-q", "-D", "-T", "40000,502", "" + text, "" + capture);
    if (!Files.exists(capture)) {
      throw new IOException(said);
    }
    return capture;
  }
}
