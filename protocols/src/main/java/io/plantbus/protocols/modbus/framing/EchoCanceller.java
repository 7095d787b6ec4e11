package io.plantbus.protocols.modbus.framing;

/// Strips from what a two-wire line receives exactly what it sent itself, in any chunking.
///
/// ```
///  sent ──────[request]
///  received ──[request][answer]── receive ──▶ [answer]
/// ```
///
/// The echo is looked for wherever it begins, so stray bytes before it do not let it pass for an
/// answer. An echo that met a collision is not what was sent: it is passed on like any noise, and
/// counted.
///
/// [EchoMode#AUTO] looks for an echo until there is none for certain: a valid frame of the peer was
/// all that came after sending. There is one once it came whole and nothing else can be the same
/// bytes, or an answer followed it. Before that is known, an answer that repeats its request, as
/// that of a single write does, is taken for an echo rather than an echo for an answer; a line that
/// is only written to must be told which it is. Three echoes in a row that are missing or damaged
/// put it in doubt again.
///
/// Owned by one thread.
public final class EchoCanceller {
  private static final int FAILURES_TO_DOUBT = 3;

  private final EchoMode mode;
  private final byte[] sent = new byte[AsciiFrame.MAX_CHARACTERS];

  /// For each beginning of what was sent, how much of its end is a shorter beginning.
  private final short[] borders = new short[AsciiFrame.MAX_CHARACTERS];

  private final byte[] rest = new byte[2 * AsciiFrame.MAX_CHARACTERS];
  private Belief belief;
  private int length;
  private int withheld;
  private int resting;
  private boolean distinctive;
  private boolean pending;
  private boolean whole;
  private boolean unaccompanied;
  private long latestNanos;
  private long passedOn;
  private long transmissions;
  private int failures;
  private long echoes;
  private long damagedEchoes;
  private long missingEchoes;

  private enum Belief {
    ABSENT,
    DOUBTFUL,
    PRESENT
  }

  /// Takes what is left of the bytes received.
  public interface Receiver {
    /// Bytes arrived, the last of them at `nowNanos`.
    void receive(byte[] bytes, int offset, int length, long nowNanos);
  }

  /// Makes a canceller for a line that has sent nothing.
  public EchoCanceller(EchoMode mode) {
    this.mode = mode;
    belief = initial(mode);
  }

  private static Belief initial(EchoMode mode) {
    return switch (mode) {
      case NONE -> Belief.ABSENT;
      case EXPECTED -> Belief.PRESENT;
      case AUTO -> Belief.DOUBTFUL;
    };
  }

  /// A frame is sent now.
  ///
  /// @param count 1..513
  /// @param onlyEchoes whether nothing that the peer may send next can be the same bytes
  /// @param echoUntilNanos until when its echo may come
  public void sent(byte[] bytes, int offset, int count, boolean onlyEchoes, long echoUntilNanos) {
    if (belief == Belief.ABSENT) {
      return;
    }
    conclude();
    transmissions++;
    System.arraycopy(bytes, offset, sent, 0, count);
    length = count;
    withheld = 0;
    distinctive = onlyEchoes;
    latestNanos = echoUntilNanos;
    pending = true;
    whole = false;
    unaccompanied = false;
    passedOn = 0;
    findBorders();
  }

  private void findBorders() {
    int border = 0;
    for (int i = 1; i < length; i++) {
      while (border > 0 && sent[i] != sent[border]) {
        border = borders[border - 1];
      }
      if (sent[i] == sent[border]) {
        border++;
      }
      borders[i] = (short) border;
    }
  }

  /// Bytes arrived; those that are no echo go to the receiver, once it is clear that they are none.
  /// The receiver may send: what it is handed after that is still what came before.
  public void receive(byte[] bytes, int offset, int count, long nowNanos, Receiver receiver) {
    long transmission = transmissions;
    if (pending && nowNanos > latestNanos) {
      giveUp(nowNanos, receiver);
    }
    int at = offset;
    int end = offset + count;
    while (pending && transmission == transmissions && at < end) {
      int sliceEnd = Math.min(end, at + sent.length);
      for (; pending && at < sliceEnd; at++) {
        strip(bytes[at]);
      }
      if (resting > 0) {
        // Together with what follows: a receiver measures gaps between the arrivals it is told of.
        int following = pending ? 0 : Math.min(end - at, rest.length - resting);
        System.arraycopy(bytes, at, rest, resting, following);
        at += following;
        int passing = resting + following;
        resting = 0;
        passOn(rest, 0, passing, nowNanos, receiver);
      }
    }
    passOn(bytes, at, end - at, nowNanos, receiver);
  }

  private void strip(byte next) {
    while (withheld > 0 && next != sent[withheld]) {
      int border = borders[withheld - 1];
      for (int i = 0; i < withheld - border; i++) {
        keep(sent[i]);
      }
      withheld = border;
    }
    if (next != sent[withheld]) {
      keep(next);
      return;
    }
    withheld++;
    if (withheld == length) {
      withheld = 0;
      pending = false;
      whole = true;
      echoes++;
      failures = 0;
      if (distinctive) {
        belief = Belief.PRESENT;
      }
    }
  }

  private void keep(byte one) {
    rest[resting] = one;
    resting++;
  }

  private void passOn(byte[] bytes, int offset, int count, long nowNanos, Receiver receiver) {
    if (count > 0) {
      passedOn += count;
      receiver.receive(bytes, offset, count, nowNanos);
    }
  }

  /// No echo of what was sent last is awaited any longer; what seemed to begin it is passed on.
  public void giveUp(long nowNanos, Receiver receiver) {
    if (pending) {
      conclude();
      int count = withheld;
      withheld = 0;
      passOn(sent, 0, count, nowNanos, receiver);
    }
  }

  private void conclude() {
    if (!pending) {
      return;
    }
    pending = false;
    if (belief != Belief.PRESENT) {
      return;
    }
    if (unaccompanied || passedOn + withheld == 0) {
      missingEchoes++;
    } else {
      damagedEchoes++;
    }
    failures++;
    if (mode == EchoMode.AUTO && failures >= FAILURES_TO_DOUBT) {
      failures = 0;
      belief = Belief.DOUBTFUL;
    }
  }

  /// A valid frame of the peer was found in what was passed on.
  ///
  /// @param count its bytes
  /// @param inReturn whether it answers what was sent, so that what came whole before was no answer
  public void heard(int count, boolean inReturn) {
    if (length == 0 || passedOn != count) {
      return;
    }
    unaccompanied = !whole;
    if (belief == Belief.DOUBTFUL) {
      if (unaccompanied) {
        belief = Belief.ABSENT;
        pending = false;
      } else if (inReturn) {
        belief = Belief.PRESENT;
      }
    }
  }

  /// The link was lost or replaced: nothing comes back any more, and what was found out is
  /// forgotten.
  public void reset() {
    length = 0;
    withheld = 0;
    pending = false;
    failures = 0;
    belief = initial(mode);
  }

  /// Whether the line is known to hear what it sends.
  public boolean isPresent() {
    return belief == Belief.PRESENT;
  }

  /// Whether the line is known not to hear what it sends.
  public boolean isAbsent() {
    return belief == Belief.ABSENT;
  }

  /// Echoes that came whole.
  public long echoes() {
    return echoes;
  }

  /// Echoes that met a collision: something came, and not what was sent.
  public long damagedEchoes() {
    return damagedEchoes;
  }

  /// Echoes that did not come.
  public long missingEchoes() {
    return missingEchoes;
  }
}
