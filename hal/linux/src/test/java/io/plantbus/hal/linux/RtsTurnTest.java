package io.plantbus.hal.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.LineDirection;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Direction by RTS in virtual time: 100 us a character.
class RtsTurnTest {
  private static final long US = 1000;
  private static final long CHARACTER = 100 * US;

  private final FakeWire wire = new FakeWire();
  private long now = 5_000 * US;
  private final long start = now;

  /// A driver that sends at once, and takes so many bytes at a time.
  private final class FakeWire implements RtsTurn.Wire {
    private final List<String> seen = new ArrayList<>();
    private int room = 1000;
    private long lateNanos;
    private long emptyAt;
    private int failure;

    @Override
    public int rts(boolean high) {
      seen.add((now - start) / US + (high ? " high" : " low"));
      return failure;
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      int taken = Math.min(room, length);
      seen.add((now - start) / US + " sends " + taken);
      emptyAt = Math.max(emptyAt, now) + taken * CHARACTER + lateNanos;
      return taken;
    }

    @Override
    public boolean isEmpty() {
      return now >= emptyAt;
    }
  }

  /// Runs until nothing is under way.
  private void run(RtsTurn turn) {
    long wait = turn.advance(now);
    for (int steps = 0; wait != TerminalPort.NEVER; steps++) {
      assertTrue(steps < 100_000, "it ends");
      now += wait;
      wait = turn.advance(now);
    }
  }

  private RtsTurn turn(LineDirection direction) {
    return new RtsTurn(wire, direction, CHARACTER);
  }

  @Covers(Requirement.RTS_DIRECTION)
  @Test
  void rtsIsHighFromBeforeTheFirstBitUntilTheLastHasLeft() {
    RtsTurn turn = turn(LineDirection.RTS);
    assertEquals(8, turn.offer(new byte[8], 0, 8));
    assertFalse(turn.isListening());
    run(turn);

    assertEquals(List.of("0 high", "0 sends 8", "800 low"), wire.seen);
    assertTrue(turn.isListening());
  }

  @Covers(Requirement.RTS_DIRECTION)
  @Test
  void delaysAndLevelAreThoseAskedFor() {
    RtsTurn turn = turn(LineDirection.RTS.withRtsHighWhileSending(false).withDelaysMicros(150, 70));
    turn.offer(new byte[2], 0, 2);
    run(turn);

    assertEquals(List.of("0 low", "150 sends 2", "420 high"), wire.seen);
  }

  @Covers(Requirement.RTS_DIRECTION)
  @Test
  void aDriverThatIsLateIsWaitedFor() {
    wire.lateNanos = 330 * US;
    RtsTurn turn = turn(LineDirection.RTS);
    turn.offer(new byte[1], 0, 1);
    run(turn);

    assertEquals(List.of("0 high", "0 sends 1", "450 low"), wire.seen);
  }

  @Test
  void aDriverThatNeverEmptiesDoesNotKeepThePair() {
    wire.lateNanos = 1_000_000_000_000L;
    RtsTurn turn = turn(LineDirection.RTS);
    turn.offer(new byte[1], 0, 1);
    run(turn);

    assertEquals("1000100 low", wire.seen.getLast());
  }

  @Test
  void aDriverWithLittleRoomIsFedUnderOneRts() {
    wire.room = 3;
    RtsTurn turn = turn(LineDirection.RTS);
    turn.offer(new byte[8], 0, 8);
    run(turn);

    assertEquals(
        List.of("0 high", "0 sends 3", "100 sends 3", "200 sends 2", "800 low"), wire.seen);
  }

  @Test
  void bytesThatFollowWhileThePairIsHeldNeedNoNewTurn() {
    RtsTurn turn = turn(LineDirection.RTS.withDelaysMicros(0, 500));
    turn.offer(new byte[1], 0, 1);
    now += turn.advance(now);
    now += turn.advance(now) / 2;
    turn.offer(new byte[1], 0, 1);
    run(turn);

    assertEquals(List.of("0 high", "0 sends 1", "350 sends 1", "950 low"), wire.seen);
  }

  @Test
  void whatWaitsIsBounded() {
    RtsTurn turn = turn(LineDirection.RTS);
    assertEquals(4096, turn.offer(new byte[5000], 0, 5000));
    assertFalse(turn.hasRoom());
    assertEquals(0, turn.offer(new byte[1], 0, 1));
    turn.advance(now);
    assertTrue(turn.hasRoom());
  }

  @Test
  void aPortThatDoesNotMoveRtsIsAFault() {
    wire.failure = -Errno.EIO;
    RtsTurn turn = turn(LineDirection.RTS);
    turn.offer(new byte[1], 0, 1);

    assertEquals(TerminalPort.NEVER, turn.advance(now));
    assertEquals(-Errno.EIO, turn.fault());
  }
}
