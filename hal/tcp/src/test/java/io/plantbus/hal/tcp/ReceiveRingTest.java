package io.plantbus.hal.tcp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReceiveRingTest {
  private final ReceiveRing ring = new ReceiveRing();

  private void put(byte[] bytes, long nowNanos) {
    ring.put(Unpooled.wrappedBuffer(bytes), nowNanos);
  }

  @Test
  void bytesComeOutInOrderAcrossTheEnd() {
    Random random = new Random(7);
    byte[] in = new byte[11_000];
    byte[] out = new byte[11_000];
    for (int round = 0; round < 10; round++) {
      random.nextBytes(in);
      put(in, round);
      assertEquals(in.length, ring.available());
      assertEquals(4_000, ring.take(out, 0, 4_000));
      assertEquals(7_000, ring.take(out, 4_000, 12_000));
      assertArrayEquals(in, out);
      assertEquals(ReceiveRing.CAPACITY, ring.room());
    }
  }

  @Test
  void bytesAboveTheCapacityAreKept() {
    byte[] in = new byte[40_000];
    new Random(8).nextBytes(in);
    ring.put(Unpooled.wrappedBuffer(new byte[9_000]), 0);
    ring.take(new byte[9_000], 0, 9_000);
    ring.put(Unpooled.wrappedBuffer(in, 0, 15_000), 1);
    ring.put(Unpooled.wrappedBuffer(in, 15_000, 25_000), 2);
    assertEquals(0, ring.room());
    byte[] out = new byte[40_000];
    assertEquals(40_000, ring.take(out, 0, 50_000));
    assertArrayEquals(in, out);
    assertEquals(ReceiveRing.CAPACITY, ring.room());
  }

  @Test
  void theArrivalIsThatOfTheLastByteTaken() {
    put(new byte[3], 100);
    put(new byte[3], 200);
    put(new byte[3], 300);
    byte[] out = new byte[9];
    ring.take(out, 0, 2);
    assertEquals(100, ring.arrivalNanos());
    ring.take(out, 0, 1);
    assertEquals(100, ring.arrivalNanos());
    ring.take(out, 0, 1);
    assertEquals(200, ring.arrivalNanos());
    ring.take(out, 0, 3);
    assertEquals(300, ring.arrivalNanos());
    assertEquals(0, ring.take(out, 0, 0));
    assertEquals(300, ring.arrivalNanos());
  }

  @Test
  void moreArrivalsThanAreKeptShareTheLatestTime() {
    for (int i = 0; i < 200; i++) {
      put(new byte[1], i);
    }
    byte[] out = new byte[200];
    ring.take(out, 0, 10);
    assertEquals(9, ring.arrivalNanos());
    ring.take(out, 0, 100);
    assertEquals(199, ring.arrivalNanos());
  }

  @Test
  void clearingForgetsBytesAndTimes() {
    put(new byte[5], 1);
    ring.clear();
    assertEquals(0, ring.take(new byte[5], 0, 5));
    put(new byte[5], 2);
    ring.take(new byte[5], 0, 5);
    assertEquals(2, ring.arrivalNanos());
  }
}
