package io.plantbus.protocols.modbus.trace;

import io.plantbus.protocols.modbus.framing.Crc16;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// A line that is listened to, and what was made of it.
public final class Heard implements FrameListener {
  /// A millisecond.
  public static final long MS = 1_000_000;

  private static final HexFormat HEX = HexFormat.of();

  final List<String> told = new ArrayList<>();
  final LineEavesdropper line;

  Heard(LineFraming framing) {
    line = new LineEavesdropper(settings(framing), this);
  }

  /// Silence of 10 ms, answers within 500 ms.
  public static EavesdropperSettings settings(LineFraming framing) {
    return new EavesdropperSettings(framing, 10 * MS, 500 * MS);
  }

  /// Bytes in hexadecimal.
  public static byte[] bytes(String hex) {
    return HEX.parseHex(hex.replace(" ", ""));
  }

  /// An RTU frame.
  public static byte[] rtu(String hex) {
    byte[] body = bytes(hex);
    byte[] frame = Arrays.copyOf(body, body.length + 2);
    Crc16.append(frame, 0, body.length);
    return frame;
  }

  /// A frame with the header of Modbus TCP.
  public static byte[] mbap(int transaction, String hex) {
    byte[] body = bytes(hex);
    byte[] frame = new byte[6 + body.length];
    frame[0] = (byte) (transaction >> 8);
    frame[1] = (byte) transaction;
    frame[5] = (byte) body.length;
    System.arraycopy(body, 0, frame, 6, body.length);
    return frame;
  }

  Heard client(byte[] bytes, long ms) {
    return on(Channel.FROM_CLIENT, bytes, ms);
  }

  Heard server(byte[] bytes, long ms) {
    return on(Channel.FROM_SERVER, bytes, ms);
  }

  Heard on(Channel channel, byte[] bytes, long ms) {
    line.heard(channel, bytes, 0, bytes.length, ms * MS);
    return this;
  }

  @Override
  public void frame(TracedFrame frame) {
    told.add(
        "%s #%d unit %d fc %d %s %s"
            .formatted(
                frame.isResponse() ? "<" : ">",
                frame.number(),
                frame.unit(),
                frame.function(),
                frame.verdict(),
                frame.verdict() == Verdict.GARBAGE
                    ? frame.length()
                    : HEX.formatHex(frame.pdu(), 0, frame.pduLength())));
  }

  @Override
  public void unanswered(TracedFrame request, long nowNanos) {
    told.add("! #%d unit %d".formatted(request.number(), request.unit()));
  }
}
