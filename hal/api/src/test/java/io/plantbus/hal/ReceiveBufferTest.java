package io.plantbus.hal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  private final ReceiveBuffer buffer = new ReceiveBuffer(8);
  private final byte[] into = new byte[16];

  @Test
  void bytesComeOutInOrderWithTheArrivalOfTheLastOneRead() {
    buffer.accept(new byte[] {9, 1, 2, 3, 9}, 1, 3, 100);
    buffer.accept(new byte[] {4, 5}, 0, 2, 200);

    assertEquals(2, buffer.read(into, 0, 2));
    assertEquals(100, buffer.arrivalNanos());
    assertEquals(3, buffer.read(into, 2, 10));
    assertEquals(200, buffer.arrivalNanos());
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, Arrays.copyOf(into, 5));
  }

  @Test
  void anEmptyReadKeepsTheArrivalTime() {
    buffer.accept(new byte[] {1}, 0, 1, 100);
    buffer.read(into, 0, 1);

    assertEquals(0, buffer.read(into, 0, 1));
    assertEquals(100, buffer.arrivalNanos());
  }

  @Test
  void theNewestBytesAreLostAndCountedWhenItIsFull() {
    buffer.accept(new byte[] {1, 2, 3, 4, 5, 6, 7}, 0, 7, 1);
    buffer.accept(new byte[] {8, 9, 10}, 0, 3, 2);

    assertEquals(2, buffer.overruns());
    assertEquals(8, buffer.read(into, 0, 16));
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, Arrays.copyOf(into, 8));
  }

  @Test
  void theRingGoesRoundManyTimes() {
    for (int round = 0; round < 100; round++) {
      byte first = (byte) round;
      buffer.accept(new byte[] {first, 2, 3, 4, 5}, 0, 5, round);
      assertEquals(5, buffer.read(into, 0, 16));
      assertEquals(first, into[0]);
      assertEquals(round, buffer.arrivalNanos());
    }
    assertEquals(0, buffer.overruns());
  }

  @Test
  void discardMakesItEmpty() {
    buffer.accept(new byte[] {1, 2}, 0, 2, 1);
    buffer.discard();

    assertTrue(buffer.isEmpty());
    assertEquals(0, buffer.read(into, 0, 16));
  }

  @Test
  void aCapacityThatIsNoPowerOfTwoIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new ReceiveBuffer(6));
  }
}
