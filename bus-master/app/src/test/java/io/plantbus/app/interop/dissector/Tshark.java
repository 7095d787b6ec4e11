package io.plantbus.app.interop.dissector;

import io.plantbus.app.interop.peers.Programs;
import io.plantbus.protocols.capture.LineRecorder;
import io.plantbus.protocols.capture.PcapngWriter;
import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.EavesdropperSettings;
import io.plantbus.protocols.modbus.trace.LineFraming;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Wireshark on the command line: it is given a capture, and tells what it sees in it.
final class Tshark {
  private static final Path TSHARK = Path.of("/usr/bin/tshark");
  private static final long SILENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final long ANSWER_TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long EPOCH_NANOS = TimeUnit.SECONDS.toNanos(1_700_000_000);

  /// How severe it is that a packet has a comment and nothing else is wrong: the recorder comments
  /// on what goes over a serial line.
  private static final String COMMENT = " 1048576$";

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
          "modbus.diagnostic_code",
          "modbus.diagnostic.return_query_data.request",
          "modbus.diagnostic.return_query_data.echo",
          "modbus.diagnostic.clear_ctr_diag_reg",
          "modbus.diagnostic.bus_message_count",
          "modbus.diagnostic.bus_exception_error_count",
          "modbus.diagnostic.slave_message_count",
          "modbus.ev_status",
          "modbus.ev_count",
          "modbus.reference_type",
          "modbus.reference_num_32",
          "modbus.read_device_id",
          "modbus.object_id",
          "modbus.conformity_level",
          "modbus.more_follows",
          "modbus.next_object_id",
          "modbus.num_objects",
          "modbus.objects_len",
          "modbus.object_str_value",
          "modbus.object_value",
          "_ws.malformed",
          "_ws.expert.severity");

  private Tshark() {}

  /// Why it cannot be run on this machine and what to do about that, or null if it can.
  static @Nullable String unavailable() {
    return Files.isExecutable(TSHARK)
        ? null
        : "tshark is not installed: install the package tshark";
  }

  /// What it sees in each frame of a conversation: `Query` or `Response`, and every field that is
  /// there, separated by blanks.
  static List<String> dissected(List<Conversation.Frame> frames, LineFraming framing, Path folder)
      throws IOException {
    Path capture = capture(frames, framing, folder);
    List<String> command = new ArrayList<>(List.of(TSHARK.toString(), "-r", capture.toString()));
    // On a serial line only the port of the server tells a query from a response.
    command.addAll(List.of("-o", "mbrtu.tcp.port:5020", "-o", "mbrtu.crc_verification:TRUE"));
    command.addAll(List.of("-T", "fields", "-E", "separator=/s", "-e", "_ws.col.Info"));
    FIELDS.forEach(field -> command.addAll(List.of("-e", field)));
    return Programs.output(command.toArray(String[]::new))
        .lines()
        .filter(line -> line.contains("Query:") || line.contains("Response:"))
        .map(line -> line.strip().replaceFirst(":.*?Func: *\\d+(/ *\\d+)?: [A-Za-z .]*", " "))
        .map(line -> line.replaceFirst(COMMENT, "").replaceAll(" +", " ").strip())
        .toList();
  }

  /// Records a conversation as a line of a running plant is recorded.
  private static Path capture(List<Conversation.Frame> frames, LineFraming framing, Path folder)
      throws IOException {
    Path file = folder.resolve(framing + ".pcapng");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      PcapngWriter writer =
          new PcapngWriter(
              block -> {
                while (block.hasRemaining()) {
                  channel.write(block);
                }
              },
              "plantbus",
              "");
      LineRecorder line =
          new LineRecorder(
              writer,
              0,
              "line",
              "",
              new EavesdropperSettings(framing, SILENCE_NANOS, ANSWER_TIMEOUT_NANOS),
              TraceText.ALL_UNITS,
              true);
      long end = EPOCH_NANOS;
      for (Conversation.Frame frame : frames) {
        byte[] bytes = frame.bytes();
        end = EPOCH_NANOS + frame.atNanos();
        line.heard(
            frame.request() ? Channel.FROM_CLIENT : Channel.FROM_SERVER,
            bytes,
            0,
            bytes.length,
            end);
      }
      line.close(end);
    }
    return file;
  }
}
