package io.plantbus.simulators.i2c;

import io.plantbus.hal.I2cOutcome;

/// Brings a message to the wires edge by edge: START, bits, acknowledge bits, repeated START and
/// STOP, in step with the clocks of others, until it is done or has lost (UM10204, 3.1.4 to
/// 3.1.10).
///
/// Bus clear: where SDA is low before START, up to nine pulses and a STOP first (3.1.16).
final class BitController {
  /// How long the clock may be held: the longest T_TIMEOUT of SMBus (SMBus 3.1, table 1).
  static final long BUS_TIMEOUT_NANOS = 35_000_000L;

  private static final int MOST_CLEARING_PULSES = 9;

  /// What is done when it is time.
  private enum Phase {
    LOOK,
    CLOCK_STUCK,
    START,
    START_HELD,
    BIT,
    RISE,
    RISING,
    FALL,
    STOP_LOW,
    REPEAT,
    STOP,
    FREE,
    CLEARED_HIGH,
    BUSY,
    DONE
  }

  /// What a high phase is for.
  private enum Purpose {
    BIT,
    STOP,
    REPEAT,
    CLEAR
  }

  private enum Stage {
    HEAD,
    OUT,
    READ_HEAD,
    IN
  }

  private final Wires wires;
  private final BusTiming timing;
  private I2cMessage message = I2cMessage.raw(0);
  private I2cOutcome outcome = I2cOutcome.COMPLETED;
  private Phase phase = Phase.DONE;
  private Purpose purpose = Purpose.BIT;
  private Stage stage = Stage.HEAD;
  private long due = Wires.NEVER;
  private long end;
  private int lead;
  private boolean clears;
  private int clearingPulses;
  private long lowSince;
  private int index;
  private int bit;
  private int shift;
  private boolean sampled;
  private boolean pullingSda;
  private boolean pullingScl;

  BitController(Wires wires, BusTiming timing) {
    this.wires = wires;
    this.timing = timing;
  }

  /// Takes on a message, from now on.
  ///
  /// @param leadNanos from now to the START
  /// @param clearsBus whether it clears a bus whose SDA is stuck
  void begin(I2cMessage newMessage, int leadNanos, boolean clearsBus) {
    message = newMessage;
    lead = leadNanos;
    clears = clearsBus;
    clearingPulses = 0;
    outcome = I2cOutcome.COMPLETED;
    stage = newMessage.headBytes > 0 ? Stage.HEAD : Stage.READ_HEAD;
    index = 0;
    next(Phase.LOOK, wires.now());
  }

  /// When it acts next, or [Wires#NEVER].
  long due() {
    return due;
  }

  /// When it was done.
  long end() {
    return end;
  }

  private void next(Phase newPhase, long nanos) {
    phase = newPhase;
    due = nanos;
  }

  void step() {
    long now = wires.now();
    switch (phase) {
      case LOOK -> look(now);
      case CLOCK_STUCK -> done(I2cOutcome.BUS_FAULT, now);
      case START -> {
        next(Phase.START_HELD, now + timing.startHold());
        setSda(false);
      }
      case START_HELD -> {
        nextByte(now);
        pullScl();
      }
      case BIT -> {
        setSda(isBitHigh());
        next(Phase.RISE, lowSince + timing.low());
      }
      case STOP_LOW -> {
        purpose = Purpose.STOP;
        setSda(false);
        next(Phase.RISE, lowSince + timing.low());
      }
      case REPEAT -> {
        purpose = Purpose.REPEAT;
        setSda(true);
        next(Phase.RISE, lowSince + timing.low());
      }
      case RISE -> {
        next(Phase.RISING, now + BUS_TIMEOUT_NANOS);
        pullingScl = false;
        wires.releaseScl();
      }
      case RISING -> done(I2cOutcome.TIMED_OUT, now);
      case FALL -> fall(now);
      case STOP -> stop(now);
      case FREE -> done(wires.sda() ? outcome : I2cOutcome.BUS_FAULT, now);
      case CLEARED_HIGH -> clearedHigh(now);
      case BUSY, DONE -> due = Wires.NEVER;
    }
  }

  private void look(long now) {
    if (!wires.scl()) {
      next(Phase.CLOCK_STUCK, now + BUS_TIMEOUT_NANOS);
    } else if (wires.sda()) {
      next(Phase.START, Math.max(now + lead, wires.lastStop() + timing.free()));
    } else if (clears) {
      clearPulse(now);
    } else {
      done(I2cOutcome.BUS_FAULT, now);
    }
  }

  private void clearPulse(long now) {
    if (clearingPulses++ == MOST_CLEARING_PULSES) {
      done(I2cOutcome.BUS_FAULT, now);
      return;
    }
    purpose = Purpose.CLEAR;
    next(Phase.RISE, now + timing.low());
    pullScl();
  }

  private void clearedHigh(long now) {
    if (!wires.sda()) {
      clearPulse(now);
      return;
    }
    lowSince = now;
    next(Phase.STOP_LOW, now + timing.data());
    pullScl();
  }

  private void stop(long now) {
    due = Wires.NEVER;
    setSda(true);
    if (clearingPulses > 0) {
      if (wires.sda()) {
        clearingPulses = 0;
        next(Phase.LOOK, now);
      } else {
        clearPulse(now);
      }
    } else {
      // Another controller may be at the same STOP.
      next(Phase.FREE, now + timing.rest());
    }
  }

  /// Somebody else's or its own rising edge of SCL.
  void clockRose(boolean sda) {
    if (phase == Phase.CLOCK_STUCK) {
      next(Phase.LOOK, wires.now());
    }
    if (phase != Phase.RISING) {
      return;
    }
    long now = wires.now();
    switch (purpose) {
      case BIT -> {
        sampled = sda;
        if (!sda && isSending() && !pullingSda) {
          lose(now);
        } else {
          next(Phase.FALL, now + timing.high());
        }
      }
      case STOP -> next(Phase.STOP, now + timing.stopSetup());
      case REPEAT -> {
        if (sda) {
          next(Phase.START, now + timing.repeatSetup());
        } else {
          lose(now);
        }
      }
      case CLEAR -> next(Phase.CLEARED_HIGH, now + timing.high());
    }
  }

  /// Somebody else's falling edge of SCL ends the high phase for all (UM10204, 3.1.7).
  void clockFell() {
    if (phase == Phase.FALL) {
      fall(wires.now());
    }
  }

  /// Somebody else's START: one at the same time goes on, a later one waits for STOP.
  void started() {
    if (phase == Phase.START && due > wires.now()) {
      if (stage == Stage.READ_HEAD && message.headBytes > 0) {
        lose(wires.now());
      } else {
        next(Phase.BUSY, Wires.NEVER);
      }
    }
  }

  void stopped() {
    if (phase == Phase.BUSY) {
      next(Phase.START, wires.now() + timing.free());
    }
  }

  /// The controller is reset: it lets go of everything.
  void cutOff() {
    if (phase != Phase.DONE) {
      done(I2cOutcome.BUS_FAULT, wires.now());
    }
  }

  /// Nothing will happen any more that it could wait for.
  void giveUp() {
    if (phase != Phase.DONE) {
      done(I2cOutcome.TIMED_OUT, wires.now());
    }
  }

  private void fall(long now) {
    lowSince = now;
    endOfBit(now);
    pullScl();
  }

  private void pullScl() {
    pullingScl = true;
    wires.pullScl();
  }

  /// Whether this bit is the controller's own and not that of a target.
  private boolean isSending() {
    return stage == Stage.IN ? bit == 8 : bit < 8;
  }

  private boolean isBitHigh() {
    if (stage == Stage.IN) {
      return bit < 8 || index + 1 == message.in.length;
    }
    return bit == 8 || (shift >> (7 - bit) & 1) != 0;
  }

  private void nextBit(long now) {
    purpose = Purpose.BIT;
    if (isBitHigh() == pullingSda) {
      next(Phase.BIT, now + timing.data());
    } else {
      next(Phase.RISE, now + timing.low());
    }
  }

  private void endOfBit(long now) {
    if (bit < 8) {
      if (stage == Stage.IN) {
        shift = shift << 1 | (sampled ? 1 : 0);
      }
      bit++;
      nextBit(now);
    } else if (stage == Stage.IN) {
      message.in[index++] = (byte) shift;
      if (index < message.in.length) {
        bit = 0;
        nextBit(now);
      } else {
        next(Phase.STOP_LOW, now + timing.data());
      }
    } else if (sampled) {
      outcome = stage == Stage.OUT ? I2cOutcome.DATA_NOT_ACKNOWLEDGED : I2cOutcome.NOT_ACKNOWLEDGED;
      next(Phase.STOP_LOW, now + timing.data());
    } else {
      afterAcknowledge(now);
    }
  }

  /// A byte that was sent is acknowledged.
  private void afterAcknowledge(long now) {
    index++;
    if (stage == Stage.HEAD && index == message.headBytes) {
      stage = Stage.OUT;
      index = 0;
    } else if (stage == Stage.READ_HEAD) {
      stage = Stage.IN;
      index = 0;
    }
    if (stage == Stage.OUT && index == message.out.length) {
      if (message.readHead < 0) {
        next(Phase.STOP_LOW, now + timing.data());
      } else {
        stage = Stage.READ_HEAD;
        next(Phase.REPEAT, now + timing.data());
      }
    } else {
      nextByte(now);
    }
  }

  private void nextByte(long now) {
    lowSince = now;
    bit = 0;
    shift =
        switch (stage) {
          case HEAD -> (message.head >> (8 * (message.headBytes - 1 - index))) & 0xFF;
          case OUT -> message.out[index];
          case READ_HEAD -> message.readHead;
          case IN -> 0;
        };
    nextBit(now);
  }

  /// Somebody pulls SDA low where this controller let it go (UM10204, 3.1.8).
  private void lose(long now) {
    done(I2cOutcome.ARBITRATION_LOST, now);
  }

  private void done(I2cOutcome result, long nanos) {
    next(Phase.DONE, Wires.NEVER);
    end = nanos;
    message.end(result);
    setSda(true);
    if (pullingScl) {
      pullingScl = false;
      wires.releaseScl();
    }
  }

  private void setSda(boolean high) {
    if (high == pullingSda) {
      pullingSda = !high;
      if (high) {
        wires.releaseSda(0);
      } else {
        wires.pullSda(0);
      }
    }
  }
}
