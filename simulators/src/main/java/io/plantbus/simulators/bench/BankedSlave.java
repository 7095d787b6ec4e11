package io.plantbus.simulators.bench;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.protocols.modbus.encoding.EncodeOutcome;
import io.plantbus.simulators.process.SimulatedSlave;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A Modbus slave by the resources of its profile.
final class BankedSlave implements SimulatedSlave {
  private final String name;
  private final Map<String, DeviceResource> resources = new HashMap<>();
  private final BankSlave slave;
  private RegisterBank.Contents initial;

  /// @param profile null for a slave of raw tables, which has no resources
  BankedSlave(String name, @Nullable DeviceProfile profile, BankSlave slave) {
    this.name = name;
    this.slave = slave;
    if (profile != null) {
      profile.resources().forEach(resource -> resources.put(resource.name(), resource));
    }
    this.initial = slave.bank().contents();
  }

  /// Its tables; hold its monitor to touch them.
  BankSlave bank() {
    return slave;
  }

  /// What it holds now is what it holds after a power cut.
  void keepInitial() {
    synchronized (slave) {
      initial = slave.bank().contents();
    }
  }

  @Override
  public void restart() {
    synchronized (slave) {
      slave.bank().restore(initial);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean set(String resource, TagValue value) {
    DeviceResource found = find(resource);
    synchronized (slave) {
      return slave.bank().set(found, value) == EncodeOutcome.ENCODED;
    }
  }

  @Override
  public @Nullable TagValue get(String resource) {
    DeviceResource found = find(resource);
    synchronized (slave) {
      return slave.bank().get(found).value();
    }
  }

  private DeviceResource find(String resource) {
    DeviceResource found = resources.get(resource);
    if (found == null) {
      throw new IllegalArgumentException(name + " has no resource '" + resource + "'");
    }
    return found;
  }
}
