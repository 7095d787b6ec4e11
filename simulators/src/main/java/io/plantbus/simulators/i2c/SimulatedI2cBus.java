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
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A simulated I2C bus with its targets; opening it gives the port. Works in virtual and in real
/// time: a transfer occupies the caller for as long as its clock pulses take.
///
/// Transfers exclude each other, whichever thread and handle they come from. Faults of the plan hit
/// a target by its name or the whole bus by the bus's name.
public final class SimulatedI2cBus implements I2cOpener {
  /// How long the clock may be stretched: the longest T_TIMEOUT of SMBus (SMBus 3.1, table 1).
  private static final long BUS_TIMEOUT_NANOS = 35_000_000L;

  private final String name;
  private final int clockHertz;
  private final Surroundings surroundings;
  private final FaultPlan faults;
  private final SplittableRandom random;
  private final Map<I2cAddress, Attached> targets = new HashMap<>();
  private final AtomicLong busyNanos = new AtomicLong();
  private boolean unplugged;
  private long clockPulses;

  private record Attached(String name, I2cTarget chip) {}

  /// @param name what the bus is called in transcripts, faults and errors
  /// @param clockHertz SCL frequency, 1,000..5,000,000
  public SimulatedI2cBus(Surroundings surroundings, String name, int clockHertz, FaultPlan faults) {
    if (clockHertz < 1_000 || clockHertz > 5_000_000) {
      throw new IllegalArgumentException("clock must be 1000..5000000 Hz, was " + clockHertz);
    }
    this.surroundings = surroundings;
    this.name = name;
    this.clockHertz = clockHertz;
    this.faults = faults;
    this.random = surroundings.random("i2c/" + name);
  }

  /// Solders a chip in.
  ///
  /// @param targetName unique on this bus, for transcripts and faults
  public synchronized void attach(I2cAddress address, String targetName, I2cTarget chip) {
    if (targets.putIfAbsent(address, new Attached(targetName, chip)) != null) {
      throw new IllegalArgumentException(name + " has a target at " + address + " already");
    }
  }

  /// Removes the adapter, or puts it back: while removed, open ports fail as lost and none opens.
  public synchronized void setUnplugged(boolean isUnplugged) {
    unplugged = isUnplugged;
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
    if (port.closed) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
    if (unplugged || port.lost) {
      port.lost = true;
      throw new PortException(PortFault.LOST, name + " is gone: plug its adapter in again");
    }
    if (out.length > I2cBus.MAX_TRANSFER_BYTES || in.length > I2cBus.MAX_TRANSFER_BYTES) {
      throw new IllegalArgumentException(
          "a transfer takes at most " + I2cBus.MAX_TRANSFER_BYTES + " bytes each way");
    }
    long now = surroundings.clock().nanoTime();
    clockPulses = 0;
    Attached target = targets.get(address);
    I2cOutcome outcome = new Transfer(address, target, out, in, now).run();
    long took = clockPulses * 1_000_000_000L / clockHertz;
    busyNanos.addAndGet(took);
    surroundings.occupy(took);
    record(now, address, target, out, in, outcome);
    return outcome;
  }

  private void record(
      long now,
      I2cAddress address,
      @Nullable Attached target,
      byte[] out,
      byte[] in,
      I2cOutcome outcome) {
    if (!surroundings.transcript().isSilent()) {
      String who = target == null ? "nobody" : target.name;
      surroundings.transcript().note(now, name, who, I2cNotation.of(address, out, in, outcome));
    }
  }

  /// One transfer from START to STOP, under the bus's lock.
  private final class Transfer {
    private final I2cAddress address;
    private final @Nullable Attached target;
    private final byte[] out;
    private final byte[] in;
    private final long now;

    Transfer(I2cAddress address, @Nullable Attached target, byte[] out, byte[] in, long now) {
      this.address = address;
      this.target = target;
      this.out = out;
      this.in = in;
      this.now = now;
    }

    I2cOutcome run() {
      if (strike(FaultKind.STUCK) != null) {
        return I2cOutcome.BUS_FAULT;
      }
      clockPulses = 2;
      if (strike(FaultKind.ARBITRATION) != null) {
        clockPulses += 9;
        return I2cOutcome.ARBITRATION_LOST;
      }
      Fault late = strike(FaultKind.LATE);
      if (late != null && stretched(late.delayNanos())) {
        return I2cOutcome.TIMED_OUT;
      }
      boolean mute = strike(FaultKind.MUTE) != null;
      if (target == null || mute) {
        clockPulses += addressPulses();
        return I2cOutcome.NOT_ACKNOWLEDGED;
      }
      I2cOutcome outcome = exchange(target.chip);
      target.chip.stop(now);
      return outcome;
    }

    private I2cOutcome exchange(I2cTarget chip) {
      boolean dropped = strike(FaultKind.DROP) != null;
      if (out.length > 0 || in.length == 0) {
        clockPulses += addressPulses();
        if (!chip.start(false, now)) {
          return I2cOutcome.NOT_ACKNOWLEDGED;
        }
        for (byte value : out) {
          clockPulses += 9;
          if (dropped || !chip.write(value & 0xFF, now)) {
            return I2cOutcome.DATA_NOT_ACKNOWLEDGED;
          }
        }
      }
      if (in.length > 0) {
        clockPulses += addressPulses() + (out.length > 0 ? 1 : 0);
        if (dropped || !chip.start(true, now)) {
          return I2cOutcome.NOT_ACKNOWLEDGED;
        }
        if (stretched(chip.stretchNanos(now))) {
          return I2cOutcome.TIMED_OUT;
        }
        for (int i = 0; i < in.length; i++) {
          clockPulses += 9;
          in[i] = (byte) chip.read(now);
        }
        disturbRead();
      }
      return I2cOutcome.COMPLETED;
    }

    /// Accounts for a stretched clock and tells whether that was too long.
    private boolean stretched(long nanos) {
      clockPulses += Math.min(nanos, BUS_TIMEOUT_NANOS) * clockHertz / 1_000_000_000L;
      return nanos >= BUS_TIMEOUT_NANOS;
    }

    private void disturbRead() {
      if (strike(FaultKind.FLIP) != null) {
        in[random.nextInt(in.length)] ^= (byte) (1 << random.nextInt(8));
      }
      if (strike(FaultKind.GARBAGE) != null) {
        random.nextBytes(in);
      }
    }

    private int addressPulses() {
      return address.tenBit() ? 18 : 9;
    }

    private @Nullable Fault strike(FaultKind kind) {
      return target == null
          ? faults.strike(kind, now, name)
          : faults.strike(kind, now, target.name, name);
    }
  }

  private final class Port implements I2cBus {
    private boolean closed;
    private boolean lost;

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
