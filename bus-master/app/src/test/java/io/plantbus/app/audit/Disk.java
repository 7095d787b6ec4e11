package io.plantbus.app.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/// A disk that can become full in the middle of a line, and that tells what was forced onto it.
final class Disk {
  final AtomicLong room = new AtomicLong(Long.MAX_VALUE);
  volatile boolean refusesToForce;
  volatile long forcedBytes;

  AuditStore open(Path path) throws IOException {
    AuditStore real = AuditStore.open(path);
    return new AuditStore() {
      @Override
      public long size() throws IOException {
        return real.size();
      }

      @Override
      public void write(ByteBuffer bytes) throws IOException {
        int taken = (int) Math.min(room.get(), bytes.remaining());
        ByteBuffer part = bytes.slice(bytes.position(), taken);
        while (part.hasRemaining()) {
          real.write(part);
        }
        bytes.position(bytes.position() + taken);
        room.addAndGet(-taken);
        if (bytes.hasRemaining()) {
          throw new IOException("No space left on device");
        }
      }

      @Override
      public void truncate(long size) throws IOException {
        real.truncate(size);
      }

      @Override
      public void force() throws IOException {
        if (refusesToForce) {
          throw new IOException("Input/output error");
        }
        real.force();
        forcedBytes = real.size();
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }
}
