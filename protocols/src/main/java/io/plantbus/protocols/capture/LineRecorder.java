package io.plantbus.protocols.capture;

import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.EavesdropperSettings;
import io.plantbus.protocols.modbus.trace.FrameListener;
import io.plantbus.protocols.modbus.trace.LineEavesdropper;
import io.plantbus.protocols.modbus.trace.LineFraming;
import io.plantbus.protocols.modbus.trace.TraceText;
import io.plantbus.protocols.modbus.trace.TracedFrame;
import io.plantbus.protocols.modbus.trace.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;

/// Records a Modbus line as one interface of a capture, a packet per frame, garbage included.
///
/// | framing | packet |
/// |---|---|
/// | Modbus TCP | IPv4 and TCP headers with port 502, then the frame |
/// | Modbus UDP | IPv4 and UDP headers with port 502, then the frame |
/// | RTU | tags for the dissector `mbrtu`, then the frame with its checksum |
/// | ASCII | tags for the dissector `data-text-lines`, as there is none for this framing |
///
/// The dissector of RTU guesses what is a request and what an answer, and cannot for writes: so
/// each packet of a serial line bears a comment that tells what it says. Owned by one thread.
public final class LineRecorder implements FrameListener {
  private final EavesdropperSettings settings;
  private final int unit;
  private final LineEavesdropper eavesdropper;
  private final PacketEnvelope envelope;
  private final String name;
  private final String description;
  private final Direction toServer;
  private PcapngWriter writer;
  private int number;
  private long packets;
  private long dropped;

  /// @param writer into which the line is described and recorded
  /// @param line number of the line among those recorded, 0 or more, for an address of its own
  /// @param name of the line
  /// @param description what a person wants to know of it
  /// @param unit whose frames are recorded, 0..255, or [TraceText#ALL_UNITS]; garbage in any case
  /// @param asClient whether it was heard at the side that asks
  /// @throws IOException of the writer's sink
  public LineRecorder(
      PcapngWriter writer,
      int line,
      String name,
      String description,
      EavesdropperSettings settings,
      int unit,
      boolean asClient)
      throws IOException {
    this.settings = settings;
    this.unit = unit;
    this.name = name;
    this.description = description;
    this.toServer = asClient ? Direction.OUTBOUND : Direction.INBOUND;
    this.eavesdropper = new LineEavesdropper(settings, this);
    this.envelope = new PacketEnvelope(line);
    this.writer = writer;
    continueIn(writer);
  }

  /// Goes on in another capture, in which the line is described anew.
  ///
  /// @throws IOException of the writer's sink
  public void continueIn(PcapngWriter other) throws IOException {
    writer = other;
    number = other.addInterface(name, description, linkType());
  }

  private LinkType linkType() {
    return settings.framing().isSerial() ? LinkType.UPPER_PDU : LinkType.RAW_IP;
  }

  /// Bytes came.
  ///
  /// @param epochNanos when the last of them came, nanoseconds since 1970 (UTC)
  /// @throws IOException of the writer's sink
  public void heard(Channel channel, byte[] bytes, int offset, int length, long epochNanos)
      throws IOException {
    guarded(() -> eavesdropper.heard(channel, bytes, offset, length, epochNanos));
  }

  /// Time passes without a byte.
  ///
  /// @throws IOException of the writer's sink
  public void advance(long epochNanos) throws IOException {
    guarded(() -> eavesdropper.advance(epochNanos));
  }

  /// The line was opened anew.
  ///
  /// @throws IOException of the writer's sink
  public void interrupted(long epochNanos) throws IOException {
    guarded(() -> eavesdropper.interrupted(epochNanos));
    envelope.reconnected();
  }

  /// Bytes of the line are missing.
  ///
  /// @param chunks how many pieces were lost
  /// @throws IOException of the writer's sink
  public void lost(long chunks, long epochNanos) throws IOException {
    dropped += chunks;
    interrupted(epochNanos);
  }

  /// Records what is unfinished, and the statistics.
  ///
  /// @throws IOException of the writer's sink
  public void close(long epochNanos) throws IOException {
    guarded(() -> eavesdropper.interrupted(epochNanos));
    writer.statistics(number, epochNanos, packets, dropped);
  }

  /// Packets recorded so far.
  public long packets() {
    return packets;
  }

  /// Pieces that were lost before they could be recorded.
  public long dropped() {
    return dropped;
  }

  private static void guarded(Runnable feeding) throws IOException {
    try {
      feeding.run();
    } catch (UncheckedIOException failure) {
      throw failure.getCause();
    }
  }

  @Override
  public void frame(TracedFrame frame) {
    if (unit != TraceText.ALL_UNITS && frame.unit() != unit && frame.verdict().isFrame()) {
      return;
    }
    boolean request = !frame.isResponse();
    byte[] bytes = frame.bytes();
    int length = frame.keptLength();
    int packet =
        switch (settings.framing()) {
          case MBAP_STREAM -> envelope.tcp(request, bytes, length);
          case MBAP_DATAGRAM -> envelope.udp(request, bytes, length);
          case RTU -> envelope.upperPdu(dissector(frame), request, bytes, length);
          case ASCII -> envelope.upperPdu("data-text-lines", request, bytes, length);
        };
    try {
      Direction direction =
          request == (toServer == Direction.OUTBOUND) ? Direction.OUTBOUND : Direction.INBOUND;
      writer.packet(
          number, frame.endNanos(), direction, envelope.packet(), 0, packet, comment(frame));
      packets++;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String dissector(TracedFrame frame) {
    return frame.verdict().isFrame() ? "mbrtu" : "data";
  }

  private String comment(TracedFrame frame) {
    LineFraming framing = settings.framing();
    return framing.isSerial() || frame.verdict() != Verdict.VALID ? TraceText.summary(frame) : "";
  }
}
