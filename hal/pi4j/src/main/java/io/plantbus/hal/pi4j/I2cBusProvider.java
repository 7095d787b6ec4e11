package io.plantbus.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.ShutdownException;
import com.pi4j.io.exception.IOException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CConfig;
import com.pi4j.io.i2c.I2CProvider;
import com.pi4j.io.i2c.I2CProviderBase;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/// A Pi4J I2C provider over buses of ours, so that Pi4J driver code runs against a simulated bus,
/// or any other, unchanged:
///
/// ```java
/// Context context =
///     Pi4J.newContextBuilder().noAutoDetect().add(new I2cBusProvider(Map.of(1, bus))).build();
/// I2C device = context.create(I2C.newConfigBuilder(context).bus(1).device(0x44).build());
/// ```
///
/// Transfers of one bus are serialised by a lock that waits up to one second, as Pi4J's own
/// providers do, so a bus is driven by any thread but by one at a time. The buses belong to this
/// provider and are closed when its context shuts down.
public final class I2cBusProvider extends I2CProviderBase implements I2CProvider {
  /// The id under which Pi4J finds this provider.
  public static final String ID = "plantbus-i2c";

  /// What this provider is called.
  public static final String NAME = "Plantbus I2C";

  private final Map<Integer, I2cBus> buses;
  private final Map<Integer, LockedBus> opened = new HashMap<>();

  /// @param buses the buses by the number that Pi4J code asks for
  public I2cBusProvider(Map<Integer, I2cBus> buses) {
    super(ID, NAME);
    this.buses = Map.copyOf(buses);
  }

  /// Opens a device; nothing happens on the bus.
  ///
  /// @throws IOException if there is no such bus, or the address is not one of 7 bits, 0x08..0x77
  @Override
  public synchronized I2C create(I2CConfig config) {
    I2cBus bus = buses.get(config.bus());
    if (bus == null) {
      throw new IOException(
          "no I2C bus %d here, only %s".formatted(config.bus(), new TreeSet<>(buses.keySet())));
    }
    I2cAddress address;
    try {
      address = I2cAddress.of(config.device());
    } catch (IllegalArgumentException e) {
      throw new IOException(e.getMessage(), e);
    }
    LockedBus locked = opened.computeIfAbsent(config.bus(), _ -> new LockedBus(config, bus));
    BridgedI2c device = new BridgedI2c(this, config, locked, address);
    context.registry().add(device);
    return device;
  }

  /// Closes every device and every bus.
  @Override
  public synchronized I2CProvider shutdown(Context shutting) throws ShutdownException {
    I2CProvider self = super.shutdown(shutting);
    buses.values().forEach(I2cBus::close);
    return self;
  }
}
