package io.plantbus.master.write;

import io.plantbus.devices.TagValue;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A checked write on its way. Whoever holds it tells its steps; after the last one no other is
/// told.
public final class PendingWrite {
  private static final Logger logger = LoggerFactory.getLogger(PendingWrite.class);

  private final WriteIntent intent;
  private final TagSpec tag;
  private final @Nullable Request request;
  private final @Nullable WrittenField field;
  private final long expiresNanos;
  private final boolean urgent;
  private final NanoClock clock;
  private final WriteListener listener;
  private @Nullable WriteOutcome lastAnswer;
  private boolean ended;
  private volatile boolean recorded;
  private volatile boolean announced;

  /// Its place in the queue; kept while a busy device does not take it.
  long order;

  /// @param intent who wants what
  /// @param tag what is written
  /// @param request what goes to a Modbus device; null for I2C
  /// @param expiresNanos monotonic time after which it must not be sent
  /// @param urgent whether it is sent even while its device is given a rest
  /// @param clock of the line's runner, for the times of the steps
  /// @param listener told each step
  PendingWrite(
      WriteIntent intent,
      TagSpec tag,
      @Nullable Request request,
      long expiresNanos,
      boolean urgent,
      NanoClock clock,
      WriteListener listener) {
    this.intent = intent;
    this.tag = tag;
    this.request = request;
    this.field = request == null ? null : WrittenField.of(request);
    this.expiresNanos = expiresNanos;
    this.urgent = urgent;
    this.clock = clock;
    this.listener = listener;
  }

  /// Unique in one run of the master.
  public long id() {
    return intent.id();
  }

  /// What is written.
  public TagSpec tag() {
    return tag;
  }

  /// The name of its device.
  public String device() {
    return intent.device();
  }

  /// In engineering units.
  public TagValue value() {
    return intent.command().value();
  }

  /// Its class.
  public Priority priority() {
    return intent.command().priority();
  }

  /// What goes to a Modbus device; null for I2C.
  public @Nullable Request request() {
    return request;
  }

  /// Whether it is sent even while its device is down and given a rest, as safe states are.
  public boolean urgent() {
    return urgent;
  }

  /// Monotonic time after which it must not be sent.
  long expiresNanos() {
    return expiresNanos;
  }

  /// The bits that it sets; null for I2C.
  @Nullable WrittenField field() {
    return field;
  }

  /// Whether it takes the place of an older one that waits.
  boolean supersedes(PendingWrite older) {
    return tag.name().equals(older.tag.name())
        && (priority().compareTo(older.priority()) < 0
            || (priority() == older.priority()
                && (intent.command().coalesce() || tag.latestWins())));
  }

  /// Nothing holds it back any more on the side of its record.
  void recorded() {
    recorded = true;
  }

  /// Whether it may be sent: its record allows that, and it was told that it waits.
  boolean isReleased() {
    return recorded && announced;
  }

  void queued() {
    step(WriteState.QUEUED, false, null, null, "");
    announced = true;
  }

  void sent() {
    step(WriteState.SENT, false, null, null, "");
  }

  /// The device was busy and did nothing: it may be sent again, and if it no longer can, this is
  /// what became of it.
  public void postponed(WriteOutcome.Refused busy) {
    lastAnswer = busy;
    step(WriteState.QUEUED, false, null, null, "the device is busy (exception 06)");
  }

  /// Ends it without being sent, or sent again.
  ///
  /// @param unsent what became of it if it never was
  public void giveUp(WriteOutcome unsent) {
    settle(lastAnswer == null ? unsent : lastAnswer);
  }

  /// Ends it by an answer that is not to be followed by reading back.
  public void settle(WriteOutcome outcome) {
    step(outcome.state(), true, outcome, null, outcome.reason());
  }

  /// Tells the answer of a write whose value is read back.
  void answered(WriteOutcome outcome) {
    step(outcome.state(), false, outcome, null, outcome.reason());
  }

  void readBack(ReadBack readBack) {
    step(WriteState.READ_BACK, false, null, readBack, "");
  }

  void end(WriteState state, @Nullable ReadBack readBack, String reason) {
    step(state, true, null, readBack, reason);
  }

  private synchronized void step(
      WriteState state,
      boolean last,
      @Nullable WriteOutcome answer,
      @Nullable ReadBack readBack,
      String reason) {
    if (ended) {
      return;
    }
    ended = last;
    WriteStep step =
        new WriteStep(
            id(), state, last, clock.nanoTime(), clock.epochMicros(), answer, readBack, reason);
    try {
      listener.stepped(intent, step);
    } catch (RuntimeException failure) {
      logger
          .atError()
          .addKeyValue("tag", tag.name())
          .addKeyValue("write", id())
          .setCause(failure)
          .log("Whoever asked for a write failed on one of its steps");
    }
  }
}
