package io.plantbus.master.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LineTapTest {
  private final LineTap tap =
      new LineTap(
          TappedLine.serial(
              "line", "/dev/x", SerialFraming.RTU, SerialSettings.MODBUS_DEFAULT, 1_000_000),
          1024);
  private final Pieces pieces = new Pieces();

  /// Keeps what it is told.
  private static final class Pieces implements ChunkReader {
    final List<String> told = new ArrayList<>();
    long missed;

    @Override
    public void chunk(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
      told.add(kind + " " + nanos + " " + length);
    }

    @Override
    public void missed(long chunks) {
      missed += chunks;
    }
  }

  @Test
  void piecesAreToldInTheirOrderWithTheirTimes() {
    LineTap.Listener listener = tap.listen(false);
    tap.opened(1);
    tap.sent(new byte[8], 0, 8, 2);
    tap.received(new byte[13], 0, 13, 3);
    tap.lost(4);

    assertEquals(4, listener.read(pieces, 100));
    assertEquals(List.of("OPENED 1 0", "SENT 2 8", "RECEIVED 3 13", "LOST 4 0"), pieces.told);
    assertEquals(0, listener.read(pieces, 100));
  }

  @Test
  void aTapThatKeepsNothingTellsNothing() {
    LineTap off = new LineTap(tap.line(), 0);
    off.sent(new byte[8], 0, 8, 2);

    assertEquals(0, off.listen(true).read(pieces, 100));
    assertFalse(off.isOn());
    assertTrue(tap.isOn());
  }

  @Test
  void aListenerMayBeginWithWhatWasKept() {
    for (int i = 1; i <= 1000; i++) {
      tap.sent(new byte[20], 0, 20, i);
    }

    tap.listen(true).read(pieces, 1000);

    assertEquals("SENT 1000 20", pieces.told.getLast());
    assertTrue(pieces.told.size() >= 20 && pieces.told.size() <= 22, pieces.told.toString());
    assertEquals(0, pieces.missed);
  }

  @Test
  void whatIsKeptStaysWhereItIsWhileMemoryIsTakenForMore() {
    LineTap wide = new LineTap(tap.line(), 256 * 1024);
    LineTap.Listener early = wide.listen(true);
    for (int i = 1; i <= 5_000; i++) {
      wide.sent(new byte[20], 0, 20, i);
      if (i % 7 == 0) {
        early.read(pieces, 3);
      }
    }
    early.read(pieces, 5_000);
    assertEquals(5_000, pieces.told.size());
    assertEquals("SENT 4999 20", pieces.told.get(4_998));

    pieces.told.clear();
    wide.listen(true).read(pieces, 5_000);
    assertEquals("SENT 1 20", pieces.told.getFirst());
    assertEquals(5_000, pieces.told.size());
    assertEquals(0, pieces.missed);
  }

  @Test
  void aSlowListenerIsToldHowManyPiecesItMissed() {
    LineTap.Listener listener = tap.listen(false);
    tap.sent(new byte[4], 0, 4, 1);
    listener.read(pieces, 1);
    for (int i = 2; i <= 501; i++) {
      tap.sent(new byte[4], 0, 4, i);
    }

    listener.read(pieces, 1000);

    assertEquals(501, pieces.told.size() + pieces.missed);
    assertEquals("SENT 501 4", pieces.told.getLast());
  }

  @Test
  void aLongPieceBecomesSeveral() {
    LineTap.Listener listener = tap.listen(false);
    tap.received(new byte[500], 0, 500, 9);

    listener.read(pieces, 10);

    assertEquals(List.of("RECEIVED 9 232", "RECEIVED 9 232", "RECEIVED 9 36"), pieces.told);
  }

  @Test
  void aListenerOnAnotherThreadNeverSeesATornPiece() throws InterruptedException {
    AtomicBoolean stop = new AtomicBoolean();
    Thread owner =
        Thread.ofPlatform()
            .start(
                () -> {
                  byte[] bytes = new byte[200];
                  for (int i = 0; !stop.get(); i++) {
                    int length = 1 + i % 200;
                    Arrays.fill(bytes, (byte) length);
                    tap.sent(bytes, 0, length, length);
                  }
                });
    long[] seen = {0, 0};
    ChunkReader whole =
        new ChunkReader() {
          @Override
          public void chunk(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
            seen[0]++;
            for (int i = 0; i < length; i++) {
              seen[1] += nanos == length && bytes[offset + i] == (byte) length ? 0 : 1;
            }
          }

          @Override
          public void missed(long chunks) {}
        };
    LineTap.Listener listener = tap.listen(true);
    while (seen[0] < 200_000 && owner.isAlive()) {
      listener.read(whole, 1000);
    }
    stop.set(true);
    owner.join(10_000);

    assertEquals(0, seen[1]);
    assertTrue(seen[0] >= 200_000);
  }
}
