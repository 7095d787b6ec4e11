package io.plantbus.simulators.i2c;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.fault.FaultPlan;
import java.util.ArrayList;
import java.util.List;

/// A bus with targets that write down what they see.
final class WireBench {
  final BusSimulation simulation = new BusSimulation(8);
  final FaultPlan faults = new FaultPlan(simulation);
  final SimulatedI2cBus bus;
  final I2cBus port;

  WireBench(int clockHertz) throws PortException {
    bus = new SimulatedI2cBus(simulation, "i2c", clockHertz, faults);
    port = bus.open();
  }

  Memory attach(I2cAddress address, String name) {
    Memory chip = new Memory();
    bus.attach(address, name, chip);
    return chip;
  }

  I2cOutcome write(int address, int... out) throws PortException {
    return port.transfer(I2cAddress.of(address), bytes(out), new byte[0]);
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  /// Acknowledges what it is told to and sends the same byte again and again.
  static final class Memory implements I2cTarget {
    final List<String> seen = new ArrayList<>();
    boolean present = true;
    boolean listensToAll;
    int room = Integer.MAX_VALUE;
    int content = 0xA5;
    long stretchNanos;
    long stretchByteNanos;

    @Override
    public boolean start(boolean reading, long nowNanos) {
      seen.add(reading ? "R" : "W");
      return present;
    }

    @Override
    public boolean generalCall(long nowNanos) {
      if (listensToAll) {
        seen.add("G");
      }
      return listensToAll;
    }

    @Override
    public long stretchNanos(long nowNanos) {
      return stretchNanos;
    }

    @Override
    public long stretchByteNanos(long nowNanos) {
      return stretchByteNanos;
    }

    @Override
    public boolean write(int value, long nowNanos) {
      seen.add("%02x".formatted(value));
      return room-- > 0;
    }

    @Override
    public int read(long nowNanos) {
      return content;
    }

    @Override
    public void stop(long nowNanos) {
      seen.add("P");
    }
  }
}
