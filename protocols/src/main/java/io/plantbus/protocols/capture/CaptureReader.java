package io.plantbus.protocols.capture;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads a capture block by block, whichever format it has. Owned by one thread.
public sealed interface CaptureReader permits PcapngReader, PcapReader {
  /// What comes next; [CaptureBlock.Broken] and [CaptureBlock.End] again and again once reached.
  ///
  /// @throws IOException if the stream cannot be read
  CaptureBlock next() throws IOException;

  /// The reader for what a file begins with: pcapng, or the older pcap.
  ///
  /// @param in the file from its beginning; not closed
  /// @throws IOException if the stream cannot be read
  static CaptureReader open(InputStream in) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(in, 1 << 16);
    buffered.mark(4);
    byte[] magic = buffered.readNBytes(4);
    buffered.reset();
    return PcapReader.isMagic(magic) ? new PcapReader(buffered) : new PcapngReader(buffered);
  }
}
