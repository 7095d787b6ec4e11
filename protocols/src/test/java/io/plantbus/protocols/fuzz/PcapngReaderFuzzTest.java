package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.capture.CaptureBlock;
import io.plantbus.protocols.capture.PcapngReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class PcapngReaderFuzzTest {
  private static final int SHORTEST_BLOCK = 12;

  /// Any file ends, and is told to be damaged where it is.
  @FuzzTest
  void anyFileComesToAnEnd(byte[] file) throws IOException {
    PcapngReader reader = new PcapngReader(new ByteArrayInputStream(file));
    int interfaces = 0;
    for (int blocks = 0; blocks <= file.length / SHORTEST_BLOCK; blocks++) {
      CaptureBlock block = reader.next();
      switch (block) {
        case CaptureBlock.Interface _ -> interfaces++;
        case CaptureBlock.Packet packet -> {
          assertTrue(packet.number() < interfaces, "a packet of no interface");
          assertTrue(packet.bytes().remaining() <= file.length);
        }
        case CaptureBlock.Statistics _ -> {}
        case CaptureBlock.Broken broken -> {
          assertTrue(broken.offset() <= file.length);
          assertEquals(block, reader.next());
          return;
        }
        case CaptureBlock.End _ -> {
          assertEquals(block, reader.next());
          return;
        }
      }
    }
    throw new AssertionError("more blocks than the file has room for");
  }
}
