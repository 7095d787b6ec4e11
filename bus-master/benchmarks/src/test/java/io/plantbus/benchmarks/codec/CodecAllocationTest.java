package io.plantbus.benchmarks.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class CodecAllocationTest {
  private static final int TURNS = 20_000;
  private static final int STREAMS = 1_000;

  private static void assertAllocatesNothing(int turns, Runnable turn) {
    repeat(turns, turn);
    long before = allocatedBytes();
    repeat(turns, turn);
    assertEquals(0, (allocatedBytes() - before) / turns, "bytes per turn");
  }

  private static void repeat(int turns, Runnable turn) {
    for (int i = 0; i < turns; i++) {
      turn.run();
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }

  @Test
  void encodingARequestAllocatesNothing() {
    FrameBench frame = new FrameBench();
    frame.fill();

    assertAllocatesNothing(TURNS, frame::encodeRtu);
    assertAllocatesNothing(TURNS, frame::encodeTcp);
  }

  @Test
  void deframingAndDecodingAnAnswerAllocatesNothing() {
    FrameBench frame = new FrameBench();
    frame.fill();

    assertAllocatesNothing(TURNS, frame::deframeAndDecodeRtu);
    assertAllocatesNothing(TURNS, frame::deframeAndDecodeTcp);
  }

  @Test
  void deframingAStreamInChunksAllocatesNothing() {
    StreamBench stream = new StreamBench();
    stream.fill();

    assertAllocatesNothing(STREAMS, stream::deframeRtuInChunks);
    assertAllocatesNothing(STREAMS, stream::deframeTcpInChunks);
  }
}
