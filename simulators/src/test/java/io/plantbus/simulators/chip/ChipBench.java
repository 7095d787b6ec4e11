package io.plantbus.simulators.chip;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.i2c.I2cTarget;
import io.plantbus.simulators.i2c.SimulatedI2cBus;

/// One chip on a bus, in virtual time.
final class ChipBench {
  final BusSimulation simulation = new BusSimulation(1);
  private final I2cAddress address;
  private final I2cBus port;

  ChipBench(int address, I2cTarget chip) throws PortException {
    this.address = I2cAddress.of(address);
    SimulatedI2cBus bus =
        new SimulatedI2cBus(simulation, "i2c", 400_000, new FaultPlan(simulation));
    bus.attach(this.address, "chip", chip);
    this.port = bus.open();
  }

  I2cOutcome write(int... bytes) throws PortException {
    return port.transfer(address, bytes(bytes), new byte[0]);
  }

  I2cOutcome read(byte[] into) throws PortException {
    return port.transfer(address, new byte[0], into);
  }

  byte[] writeRead(int count, int... bytes) throws PortException {
    byte[] in = new byte[count];
    port.transfer(address, bytes(bytes), in);
    return in;
  }

  static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
