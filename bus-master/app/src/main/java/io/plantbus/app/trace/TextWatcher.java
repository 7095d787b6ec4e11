package io.plantbus.app.trace;

import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.trace.Channel;
import io.plantbus.protocols.modbus.trace.LineEavesdropper;
import io.plantbus.protocols.modbus.trace.TraceText;
import java.time.ZoneId;
import java.util.function.Consumer;

/// A line as text for people, seen from the side that asks.
public final class TextWatcher implements LineWatcher {
  private final TraceText text;
  private final LineEavesdropper eavesdropper;

  /// @param nameWidth characters of the longest name among the lines that are shown together
  /// @param out takes each text line
  public TextWatcher(TappedLine line, TraceSpec spec, int nameWidth, Consumer<String> out) {
    String name = line.name() + " ".repeat(Math.max(0, nameWidth - line.name().length()));
    text =
        new TraceText(
            spec.level(),
            spec.unit(),
            line.settings().framing(),
            name,
            ZoneId.systemDefault(),
            out);
    eavesdropper = new LineEavesdropper(line.settings(), text);
  }

  @Override
  public void chunk(ChunkKind kind, long epochNanos, byte[] bytes, int offset, int length) {
    switch (kind) {
      case SENT -> heard(Channel.FROM_CLIENT, epochNanos, bytes, offset, length);
      case RECEIVED -> heard(Channel.FROM_SERVER, epochNanos, bytes, offset, length);
      case OPENED -> interrupted("opened", epochNanos);
      case LOST -> interrupted("not open", epochNanos);
    }
  }

  private void heard(Channel channel, long epochNanos, byte[] bytes, int offset, int length) {
    text.chunk(channel, bytes, offset, length, epochNanos);
    eavesdropper.heard(channel, bytes, offset, length, epochNanos);
  }

  private void interrupted(String words, long epochNanos) {
    eavesdropper.interrupted(epochNanos);
    text.event(words, epochNanos);
  }

  @Override
  public void missed(long chunks, long epochNanos) {
    interrupted(
        chunks == 1 ? "1 piece is missing here" : chunks + " pieces are missing here", epochNanos);
  }

  @Override
  public void advance(long epochNanos) {
    eavesdropper.advance(epochNanos);
  }

  @Override
  public void close(long epochNanos) {}
}
