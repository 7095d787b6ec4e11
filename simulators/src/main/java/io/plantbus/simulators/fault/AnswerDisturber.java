package io.plantbus.simulators.fault;

import io.plantbus.hal.NanoClock;
import io.plantbus.simulators.fault.LineFaults.Framing;
import java.util.Arrays;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// Disturbs the answers on their way into one link, and keeps them until they are due.
final class AnswerDisturber {
  private static final int MOST_WAITING_BYTES = 65_536;
  private static final int MOST_GARBAGE_BYTES = 16;
  private static final int MBAP_UNIT = 6;

  /// Between two pieces of a split answer, so that the network does not join them again.
  private static final long PIECE_NANOS = 2_000_000;

  private final FaultPlan plan;
  private final String line;
  private final Framing framing;
  private final Map<Integer, String> units;
  private final NanoClock clock;
  private final SplittableRandom random;
  private final @Nullable PairFaults pair;
  private final PriorityQueue<Waiting> waiting = new PriorityQueue<>();
  private @Nullable Waiting begun;
  private int waitingBytes;
  private long sequence;

  /// Bytes that are due at a time; what is sent of them is cut off.
  static final class Waiting implements Comparable<Waiting> {
    final byte[] bytes;
    private final long sequence;
    private long dueNanos;
    private int sent;

    /// Where the piece that is sent now ends.
    private int pieceEnd;

    Waiting(byte[] bytes, long dueNanos, long sequence) {
      this.bytes = bytes;
      this.dueNanos = dueNanos;
      this.sequence = sequence;
      this.pieceEnd = bytes.length;
    }

    int sent() {
      return sent;
    }

    /// Bytes that are left of the piece that is sent now.
    int left() {
      return pieceEnd - sent;
    }

    @Override
    public int compareTo(Waiting other) {
      int byTime = Long.compare(dueNanos, other.dueNanos);
      return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
    }
  }

  AnswerDisturber(
      FaultPlan plan,
      String line,
      Framing framing,
      Map<Integer, String> units,
      NanoClock clock,
      SplittableRandom random,
      @Nullable PairFaults pair) {
    this.plan = plan;
    this.line = line;
    this.framing = framing;
    this.units = units;
    this.clock = clock;
    this.random = random;
    this.pair = pair;
  }

  long nowNanos() {
    return clock.nanoTime();
  }

  /// Takes one or more whole answers; nothing while too much waits.
  int take(byte[] from, int offset, int length) {
    if (waitingBytes + length > MOST_WAITING_BYTES) {
      return 0;
    }
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int next = Math.min(end, at + answerLength(from, at, end));
      disturb(Arrays.copyOfRange(from, at, next));
      at = next;
    }
    return length;
  }

  /// The oldest bytes that are due, or null.
  @Nullable Waiting due(long nowNanos) {
    Waiting first = begun != null ? begun : waiting.peek();
    return first != null && first.dueNanos <= nowNanos ? first : null;
  }

  /// So many of the oldest bytes were sent.
  void sent(Waiting first, int count) {
    first.sent += count;
    waitingBytes -= count;
    if (first.sent == first.bytes.length) {
      waiting.remove(first);
      begun = null;
    } else {
      begun = first;
      if (first.left() == 0) {
        first.pieceEnd += 1 + random.nextInt(first.bytes.length - first.sent);
        waiting.remove(first);
        first.dueNanos = nowNanos() + PIECE_NANOS;
        waiting.add(first);
      }
    }
  }

  /// Whether something is still to be sent.
  boolean isWaiting() {
    return begun != null || !waiting.isEmpty();
  }

  /// When something is due next, or `Long.MAX_VALUE`.
  long deadline() {
    Waiting first = begun != null ? begun : waiting.peek();
    return first == null ? Long.MAX_VALUE : first.dueNanos;
  }

  /// A fault of the whole line whose time it is, or null.
  @Nullable Fault active(FaultKind kind) {
    return plan.active(kind, nowNanos(), line);
  }

  /// Whether a fault of the whole line strikes now.
  boolean strikes(FaultKind kind) {
    return plan.strike(kind, nowNanos(), line) != null;
  }

  /// How many bytes of so many come before a reset: fewer than all.
  int bytesBeforeReset(int length) {
    return random.nextInt(Math.max(1, length));
  }

  private int answerLength(byte[] bytes, int at, int end) {
    return switch (framing) {
      case RTU -> end - at;
      case ASCII -> {
        int last = at;
        while (last < end && bytes[last] != '\n') {
          last++;
        }
        yield last + 1 - at;
      }
      case MBAP ->
          at + MBAP_UNIT > end
              ? end - at
              : MBAP_UNIT + ((bytes[at + 4] & 0xFF) << 8 | (bytes[at + 5] & 0xFF));
    };
  }

  private void disturb(byte[] answer) {
    String unit = units.getOrDefault(unit(answer), line);
    long now = nowNanos();
    if (pair != null) {
      Fault duplicate = plan.strike(FaultKind.DUPLICATE, now, unit, line);
      if (duplicate != null) {
        pair.answerToo(unit, answer.clone(), now + duplicate.delayNanos());
      }
    }
    if (plan.strike(FaultKind.DROP, now, unit, line) != null) {
      return;
    }
    byte[] sent = answer;
    if (pair != null && plan.strike(FaultKind.WRONG_PARITY, now, unit, line) != null) {
      sent = pair.misheard(FaultKind.WRONG_PARITY, sent);
    }
    if (sent.length > 0 && plan.strike(FaultKind.FLIP, now, unit, line) != null) {
      sent[random.nextInt(sent.length)] ^= (byte) (1 << random.nextInt(8));
    }
    if (sent.length > 1 && plan.strike(FaultKind.CUT, now, unit, line) != null) {
      sent = Arrays.copyOf(sent, 1 + random.nextInt(sent.length - 1));
    }
    if (plan.strike(FaultKind.GARBAGE, now, unit, line) != null) {
      sent = withGarbage(sent);
    }
    Fault late = plan.strike(FaultKind.LATE, now, unit, line);
    long due = late == null ? now : now + late.delayNanos();
    if (sent.length == 0) {
      return;
    }
    boolean splits = plan.strike(FaultKind.SPLIT, now, unit, line) != null;
    int times = plan.strike(FaultKind.TWICE, now, unit, line) != null ? 2 : 1;
    for (int i = 0; i < times; i++) {
      Waiting added = put(sent, due);
      if (splits) {
        added.pieceEnd = 1 + random.nextInt(sent.length);
      }
    }
  }

  private Waiting put(byte[] bytes, long dueNanos) {
    Waiting added = new Waiting(bytes, dueNanos, sequence++);
    waiting.add(added);
    waitingBytes += bytes.length;
    return added;
  }

  /// A unit at another speed took a request for something: it sends characters that make no sense.
  void blurt(int unit) {
    if (pair != null && random.nextInt(4) == 0 && waitingBytes < MOST_WAITING_BYTES / 2) {
      byte[] answer = {(byte) unit, (byte) 0x83, 1, 0, 0};
      byte[] heard = pair.misheard(FaultKind.WRONG_BAUD, answer);
      if (heard.length > 0) {
        put(heard, nowNanos());
      }
    }
  }

  private int unit(byte[] answer) {
    return switch (framing) {
      case RTU -> answer[0] & 0xFF;
      case ASCII -> answer.length < 3 ? -1 : 16 * digit(answer[1]) + digit(answer[2]);
      case MBAP -> answer[Math.min(MBAP_UNIT, answer.length - 1)] & 0xFF;
    };
  }

  private static int digit(byte character) {
    return Character.digit(character, 16);
  }

  private byte[] withGarbage(byte[] answer) {
    byte[] garbage = new byte[1 + random.nextInt(MOST_GARBAGE_BYTES)];
    random.nextBytes(garbage);
    return switch (random.nextInt(3)) {
      case 0 -> concat(garbage, answer);
      case 1 -> concat(answer, garbage);
      default -> garbage;
    };
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
