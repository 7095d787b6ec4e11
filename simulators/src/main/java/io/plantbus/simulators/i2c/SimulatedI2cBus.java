package io.plantbus.simulators.i2c;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.FaultPlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A simulated I2C bus with its targets; opening it gives the port. Every transfer is played on two
/// wires, edge by edge, in virtual and in real time, and occupies the caller for as long as it
/// takes there.
///
/// ```
///  port ─ message ─▶ controller ─┐        ┌─ target ─ chip
///  another controller ───────────┴ SDA SCL ┴─ target ─ chip
/// ```
///
/// Transfers exclude each other, whichever thread and handle they come from. Faults of the plan hit
/// a target by its name or the whole bus by the bus's name. Safe for use by any thread.
public final class SimulatedI2cBus implements I2cOpener {
  /// Wins against every address that a port can have: reserved, and nobody's (UM10204, table 4).
  private static final int WINNING_BYTE = 0x06;

  private final String name;
  private final Surroundings surroundings;
  private final FaultPlan faults;
  private final SplittableRandom random;
  private final BusTiming timing;
  private final Wires wires;
  private final Map<I2cAddress, Attached> targets = new HashMap<>();
  private final AtomicLong busyNanos = new AtomicLong();
  private @Nullable I2cMessage contender;
  private boolean clearing = true;
  private boolean holdingClock;
  private boolean unplugged;
  private int cutAfter;

  private record Attached(String name, BitTarget bits) {}

  /// @param name what the bus is called in transcripts, faults and errors
  /// @param clockHertz SCL frequency, 1,000..5,000,000
  public SimulatedI2cBus(Surroundings surroundings, String name, int clockHertz, FaultPlan faults) {
    if (clockHertz < 1_000 || clockHertz > 5_000_000) {
      throw new IllegalArgumentException("clock must be 1000..5000000 Hz, was " + clockHertz);
    }
    this.surroundings = surroundings;
    this.name = name;
    this.faults = faults;
    this.random = surroundings.random("i2c/" + name);
    this.timing = BusTiming.at(clockHertz);
    this.wires = new Wires(timing, surroundings.clock().nanoTime());
  }

  /// Solders a chip in.
  ///
  /// @param targetName unique on this bus, for transcripts and faults
  public synchronized void attach(I2cAddress address, String targetName, I2cTarget chip) {
    BitTarget bits = new BitTarget(wires, timing, address, chip);
    if (targets.putIfAbsent(address, new Attached(targetName, bits)) != null) {
      throw new IllegalArgumentException(name + " has a target at " + address + " already");
    }
    wires.attach(bits);
  }

  /// Removes the adapter, or puts it back: while removed, open ports fail as lost and none opens.
  public synchronized void setUnplugged(boolean isUnplugged) {
    unplugged = isUnplugged;
  }

  /// Whether the adapter clears a bus whose SDA is stuck, with up to nine pulses and a STOP before
  /// its next START (UM10204, 3.1.16); at first it does. An adapter that does not fails with
  /// [I2cOutcome#BUS_FAULT] until somebody else clears the bus.
  public synchronized void setClearing(boolean clears) {
    clearing = clears;
  }

  /// Holds SCL low, or lets it go. Nobody can clear that: transfers end with [I2cOutcome#BUS_FAULT]
  /// after the bus time-out of 35 ms.
  public synchronized void holdClock(boolean holds) {
    if (holds && !holdingClock) {
      wires.pullScl();
    } else if (!holds && holdingClock) {
      wires.releaseScl();
    }
    holdingClock = holds;
  }

  /// Resets the adapter in the middle of its next transfer, which ends with [I2cOutcome#BUS_FAULT]:
  /// a target that was sending a 0 keeps SDA low until the bus is cleared.
  ///
  /// @param pulses clock pulses until then, 1 or more
  public synchronized void cutNextTransfer(int pulses) {
    if (pulses < 1) {
      throw new IllegalArgumentException("a transfer is cut after 1 pulse or more, was " + pulses);
    }
    cutAfter = pulses;
  }

  /// Has another controller begin at the very moment of the next transfer of a port: the two
  /// arbitrate.
  public synchronized void contend(I2cMessage message) {
    contender = message;
  }

  /// Has another controller send something now, while no port is at it.
  public synchronized I2cOutcome send(I2cMessage message) {
    long now = surroundings.clock().nanoTime();
    wires.run(now, now, message, null, false);
    return recordOther(now, message);
  }

  /// Draws what happens on the wires from now on, or no longer.
  ///
  /// @param waveform to draw on, or null; not to be read while a transfer is under way
  public synchronized void draw(@Nullable I2cWaveform waveform) {
    wires.record(waveform);
  }

  /// Time that transfers have taken so far.
  public long busyNanos() {
    return busyNanos.get();
  }

  @Override
  public synchronized I2cBus open() throws PortException {
    if (unplugged) {
      throw new PortException(
          PortFault.MISSING, "there is no I2C bus " + name + ": plug its adapter in");
    }
    return new Port();
  }

  private synchronized I2cOutcome transfer(Port port, I2cAddress address, byte[] out, byte[] in)
      throws PortException {
    requireUsable(port);
    if (out.length > I2cBus.MAX_TRANSFER_BYTES || in.length > I2cBus.MAX_TRANSFER_BYTES) {
      throw new IllegalArgumentException(
          "a transfer takes at most " + I2cBus.MAX_TRANSFER_BYTES + " bytes each way");
    }
    long now = surroundings.clock().nanoTime();
    Attached target = targets.get(address);
    I2cMessage message = I2cMessage.of(address, out, in);
    long begin = Math.max(now, port.freeNanos);
    long end = play(now, begin, target, message);
    port.freeNanos = end;
    long took = end - begin;
    busyNanos.addAndGet(took);
    surroundings.occupy(took);
    I2cOutcome outcome = Objects.requireNonNull(message.outcome());
    if (!surroundings.transcript().isSilent()) {
      String who = target == null ? "nobody" : target.name;
      surroundings.transcript().note(now, name, who, I2cNotation.of(address, out, in, outcome));
    }
    return outcome;
  }

  private void requireUsable(Port port) throws PortException {
    if (port.closed) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
    if (unplugged || port.lost) {
      port.lost = true;
      throw new PortException(PortFault.LOST, name + " is gone: plug its adapter in again");
    }
  }

  /// Plays one message with the faults that strike it and returns when it was over.
  private long play(long now, long begin, @Nullable Attached target, I2cMessage message) {
    boolean stuck = strike(FaultKind.STUCK, now, target) != null;
    I2cMessage rival = contender;
    contender = null;
    if (strike(FaultKind.ARBITRATION, now, target) != null) {
      rival = I2cMessage.raw(WINNING_BYTE);
    }
    Fault late = strike(FaultKind.LATE, now, target);
    if (late != null) {
      wires.lateAfter(9, late.delayNanos());
    }
    if (strike(FaultKind.RESET, now, target) != null) {
      cutAfter = 1 + random.nextInt(message.pulses());
    }
    if (cutAfter > 0) {
      wires.cutAfter(cutAfter);
      cutAfter = 0;
    }
    if (target != null) {
      prepare(target, message, now);
    }
    if (stuck) {
      wires.pullSda(0);
    }
    long end = wires.run(begin, now, message, rival, clearing);
    if (stuck) {
      wires.releaseSda(0);
    }
    if (target != null) {
      target.bits.behave();
    }
    if (rival != null) {
      recordOther(now, rival);
    }
    return end;
  }

  private void prepare(Attached target, I2cMessage message, long now) {
    if (strike(FaultKind.MUTE, now, target) != null) {
      target.bits.mute();
    }
    if (strike(FaultKind.DROP, now, target) != null) {
      target.bits.refuse();
    }
    if (message.in.length > 0) {
      if (strike(FaultKind.FLIP, now, target) != null) {
        target.bits.garble(random.nextInt(message.in.length), 1 << random.nextInt(8));
      }
      if (strike(FaultKind.GARBAGE, now, target) != null) {
        target.bits.babble(random);
      }
    }
  }

  private @Nullable Fault strike(FaultKind kind, long now, @Nullable Attached target) {
    return target == null
        ? faults.strike(kind, now, name)
        : faults.strike(kind, now, target.name, name);
  }

  private I2cOutcome recordOther(long now, I2cMessage message) {
    if (!surroundings.transcript().isSilent()) {
      surroundings.transcript().note(now, name, "other-controller", message.toString());
    }
    return Objects.requireNonNull(message.outcome());
  }

  private final class Port implements I2cBus {
    private boolean closed;
    private boolean lost;

    /// When the latest transfer of this port was over on the wires.
    private long freeNanos = Long.MIN_VALUE;

    @Override
    public String name() {
      return "i2c:" + name;
    }

    @Override
    public I2cOutcome transfer(I2cAddress address, byte[] out, byte[] in) throws PortException {
      return SimulatedI2cBus.this.transfer(this, address, out, in);
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
