package io.plantbus.app.trace;

import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.capture.LineRecorder;
import io.plantbus.protocols.capture.PcapngWriter;
import io.plantbus.protocols.modbus.trace.Channel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/// Lines recorded in a capture, an interface each. For one thread at a time.
public final class Recording {
  private static final int BUFFER_BYTES = 1 << 16;

  private final CaptureFiles files;
  private final CaptureTarget target;
  private final String comment;
  private final String application;
  private final List<LineRecorder> recorders = new ArrayList<>();
  private final ByteBuffer pending = ByteBuffer.allocate(BUFFER_BYTES);
  private WritableByteChannel channel;
  private PcapngWriter writer;
  private int open;
  private boolean full;

  /// @param application what writes, such as `plantbus 1.2`
  /// @param comment on the whole, such as the name of the plant
  /// @param standardOutput where it goes if the target says so
  /// @throws IOException with a sentence for a person, if the file cannot be made
  public Recording(
      CaptureTarget target, String application, String comment, OutputStream standardOutput)
      throws IOException {
    this.target = target;
    this.application = application;
    this.comment = comment;
    this.files = new CaptureFiles(target, standardOutput);
    this.channel = files.next();
    this.writer = new PcapngWriter(this::write, application, comment);
  }

  /// Records a line, too.
  ///
  /// @param unit whose frames, 0..255, or -1 for all
  /// @throws IOException if it cannot be written
  public LineWatcher watch(TappedLine line, int unit) throws IOException {
    LineRecorder recorder =
        new LineRecorder(
            writer, recorders.size(), line.name(), line.endpoint(), line.settings(), unit, true);
    recorders.add(recorder);
    open++;
    return new Watch(recorder);
  }

  /// Packets recorded so far.
  public long packets() {
    return recorders.stream().mapToLong(LineRecorder::packets).sum();
  }

  /// Pieces that were lost before they could be recorded.
  public long dropped() {
    return recorders.stream().mapToLong(LineRecorder::dropped).sum();
  }

  /// What the newest file is called.
  public String file() {
    return files.name();
  }

  /// Whether it ended as the file has reached its greatest size.
  public boolean isFull() {
    return full;
  }

  private void write(ByteBuffer block) throws IOException {
    if (block.remaining() > pending.remaining()) {
      flush();
    }
    if (block.remaining() > pending.capacity()) {
      writeAll(block);
    } else {
      pending.put(block);
    }
  }

  private void flush() throws IOException {
    writeAll(pending.flip());
    pending.clear();
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void turn() throws IOException {
    if (writer.written() < files.bytesPerFile()) {
      return;
    }
    if (target.ringBytes() == 0) {
      full = true;
      return;
    }
    flush();
    channel.close();
    channel = files.next();
    writer = new PcapngWriter(this::write, application, comment);
    for (LineRecorder recorder : recorders) {
      recorder.continueIn(writer);
    }
  }

  /// One line of it.
  private final class Watch implements LineWatcher {
    private final LineRecorder recorder;

    Watch(LineRecorder recorder) {
      this.recorder = recorder;
    }

    @Override
    public void chunk(ChunkKind kind, long epochNanos, byte[] bytes, int offset, int length)
        throws IOException {
      if (full) {
        return;
      }
      switch (kind) {
        case SENT -> recorder.heard(Channel.FROM_CLIENT, bytes, offset, length, epochNanos);
        case RECEIVED -> recorder.heard(Channel.FROM_SERVER, bytes, offset, length, epochNanos);
        case OPENED, LOST -> recorder.interrupted(epochNanos);
      }
      turn();
    }

    @Override
    public void missed(long chunks, long epochNanos) throws IOException {
      recorder.lost(chunks, epochNanos);
    }

    @Override
    public void advance(long epochNanos) throws IOException {
      recorder.advance(epochNanos);
      flush();
    }

    @Override
    public void close(long epochNanos) throws IOException {
      recorder.close(epochNanos);
      open--;
      if (open == 0) {
        flush();
        if (!target.isStandardOutput()) {
          channel.close();
        }
      }
    }
  }
}
