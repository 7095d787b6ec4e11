package io.plantbus.simulators.i2c;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// SDA and SCL: each is low as long as somebody pulls it low, and high when everybody lets go
/// (UM10204, 3.1.1). Edges are told to the targets and then to the controllers; edges of SDA only
/// where they mean something, while SCL is high: as START or STOP (3.1.4).
///
/// Time is that of the wires, in nanoseconds, and goes from one action of a controller or end of a
/// stretched clock to the next.
final class Wires {
  static final long NEVER = Long.MAX_VALUE;
  private static final long LONG_AGO = Long.MIN_VALUE / 2;

  private final BusTiming timing;
  private BitTarget[] targets = {};
  private BitTarget[] listening = {};
  private int listeners;
  private final BitController[] controllers;
  private int active;
  private int sclHolders;
  private int sdaHolders;
  private long heldUntil = NEVER;
  private long now;
  private long lastStop = LONG_AGO;
  private int pulses;
  private int cutAfter = Integer.MAX_VALUE;
  private int lateAfter = Integer.MAX_VALUE;
  private long lateNanos;
  private @Nullable I2cWaveform waveform;

  private long chipNanos;

  /// @param startNanos the time at which the wires begin
  Wires(BusTiming timing, long startNanos) {
    this.timing = timing;
    this.now = startNanos;
    controllers =
        new BitController[] {new BitController(this, timing), new BitController(this, timing)};
  }

  void attach(BitTarget target) {
    targets = Arrays.copyOf(targets, targets.length + 1);
    targets[targets.length - 1] = target;
    listening = new BitTarget[targets.length];
    listeners = 0;
  }

  void record(@Nullable I2cWaveform newWaveform) {
    waveform = newWaveform;
    if (newWaveform != null) {
      newWaveform.begin(now, scl(), sda());
    }
  }

  boolean scl() {
    return sclHolders == 0;
  }

  boolean sda() {
    return sdaHolders == 0;
  }

  long now() {
    return now;
  }

  long lastStop() {
    return lastStop;
  }

  /// The controller is cut off while SCL is low after that many pulses of the next run.
  void cutAfter(int count) {
    cutAfter = count;
  }

  /// Something holds SCL low for longer after that many pulses of the next run.
  void lateAfter(int count, long nanos) {
    lateAfter = count;
    lateNanos = nanos;
  }

  /// The time that chips are told.
  long chipNanos() {
    return chipNanos;
  }

  /// Runs one message, and another that begins at the same time if there is one, until the wires
  /// are left alone.
  ///
  /// @param beginNanos when it may begin at the earliest
  /// @param toldNanos the time that chips are told
  /// @param clears whether the controllers clear a bus whose SDA is stuck
  /// @return when the first message was over for its controller
  long run(
      long beginNanos,
      long toldNanos,
      I2cMessage message,
      @Nullable I2cMessage rival,
      boolean clears) {
    now = Math.max(now, beginNanos);
    chipNanos = toldNanos;
    pulses = 0;
    int lead = timing.lead(message.repeats() || (rival != null && rival.repeats()));
    controllers[0].begin(message, lead, clears);
    active = 1;
    if (rival != null) {
      controllers[1].begin(rival, lead, clears);
      active = 2;
    }
    boolean quiet = cutAfter == Integer.MAX_VALUE && lateAfter == Integer.MAX_VALUE;
    BitController next = earliest();
    while (next.due() != NEVER) {
      if (heldUntil < next.due()) {
        now = heldUntil;
        heldUntil = NEVER;
        releaseScl();
      } else {
        now = next.due();
        next.step();
      }
      if (!quiet) {
        interfere();
      }
      next = earliest();
    }
    cutAfter = Integer.MAX_VALUE;
    lateAfter = Integer.MAX_VALUE;
    letGo();
    for (int i = 0; i < active; i++) {
      controllers[i].giveUp();
    }
    active = 0;
    long end = controllers[0].end();
    now = Math.max(now, end);
    return end;
  }

  private BitController earliest() {
    return active == 1 || controllers[0].due() <= controllers[1].due()
        ? controllers[0]
        : controllers[1];
  }

  private void interfere() {
    if (scl()) {
      return;
    }
    if (pulses == cutAfter) {
      cutAfter = Integer.MAX_VALUE;
      controllers[0].cutOff();
    } else if (pulses == lateAfter) {
      lateAfter = Integer.MAX_VALUE;
      hold(lateNanos);
    }
  }

  /// After a time-out every target lets go of the clock (SMBus 3.1, 3.1.1.3).
  private void letGo() {
    if (heldUntil != NEVER) {
      heldUntil = NEVER;
      listeners = 0;
      for (BitTarget target : targets) {
        target.reset();
      }
      releaseScl();
    }
  }

  /// A target holds SCL, which is low, for longer than the controller would.
  void hold(long nanos) {
    long until = now + timing.low() + nanos;
    if (heldUntil == NEVER) {
      sclHolders++;
      heldUntil = until;
    } else {
      heldUntil = Math.max(heldUntil, until);
    }
  }

  void pullScl() {
    if (sclHolders++ == 0) {
      if (waveform != null) {
        waveform.scl(now, false);
      }
      clockFell();
    }
  }

  void releaseScl() {
    if (--sclHolders == 0) {
      if (waveform != null) {
        waveform.scl(now, true);
      }
      clockRose();
    }
  }

  /// @param laterNanos how much later than now the edge is drawn, while SCL is low
  void pullSda(int laterNanos) {
    if (sdaHolders++ == 0) {
      if (waveform != null) {
        waveform.sda(now + laterNanos, false);
      }
      if (scl()) {
        started();
      }
    }
  }

  void releaseSda(int laterNanos) {
    if (--sdaHolders == 0) {
      if (waveform != null) {
        waveform.sda(now + laterNanos, true);
      }
      if (scl()) {
        stopped();
      }
    }
  }

  private void clockFell() {
    int kept = 0;
    for (int i = 0; i < listeners; i++) {
      BitTarget target = listening[i];
      if (target.clockFell()) {
        listening[kept++] = target;
      }
    }
    listeners = kept;
    for (int i = 0; i < active; i++) {
      controllers[i].clockFell();
    }
  }

  private void clockRose() {
    pulses++;
    boolean high = sda();
    for (int i = 0; i < listeners; i++) {
      listening[i].clockRose(high);
    }
    for (int i = 0; i < active; i++) {
      controllers[i].clockRose(high);
    }
  }

  private void started() {
    System.arraycopy(targets, 0, listening, 0, targets.length);
    listeners = targets.length;
    for (BitTarget target : targets) {
      target.started();
    }
    for (int i = 0; i < active; i++) {
      controllers[i].started();
    }
  }

  private void stopped() {
    lastStop = now;
    listeners = 0;
    for (BitTarget target : targets) {
      target.stopped();
    }
    for (int i = 0; i < active; i++) {
      controllers[i].stopped();
    }
  }
}
