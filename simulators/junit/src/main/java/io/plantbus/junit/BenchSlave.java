package io.plantbus.junit;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.simulators.process.SimulatedSlave;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A slave of a bench, from the other side than a master: by the resources of its profile, or by
/// raw tables. Safe for use by any thread.
///
/// What a sensor of the bench is wired to is measured again at the next step of the physics; in
/// [BenchTime#VIRTUAL] time that is not before the test advances the clock.
public final class BenchSlave {
  private final SimulatedSlave slave;
  private final @Nullable DeviceProfile profile;
  private final @Nullable BankSlave tables;
  private final SeenRequests seen;

  /// @param profile null for raw tables
  /// @param tables null for an I2C slave
  BenchSlave(
      SimulatedSlave slave,
      @Nullable DeviceProfile profile,
      @Nullable BankSlave tables,
      SeenRequests seen) {
    this.slave = slave;
    this.profile = profile;
    this.tables = tables;
    this.seen = seen;
  }

  /// As in the bench file.
  public String name() {
    return slave.name();
  }

  /// Sets what a master reads there, in engineering units.
  ///
  /// @param resource of the slave's profile
  /// @throws IllegalArgumentException if there is no such resource, or the value does not fit it
  public void set(String resource, double value) {
    set(resource, TagValue.of(value));
  }

  /// Sets a state that a master reads there.
  public void set(String resource, boolean value) {
    set(resource, TagValue.of(value));
  }

  /// Sets a value of any type.
  ///
  /// @throws IllegalArgumentException if there is no such resource, or the value does not fit it
  public void set(String resource, TagValue value) {
    var _ = require(resource);
    if (!slave.set(resource, value)) {
      throw new IllegalArgumentException(value + " does not fit " + name() + "." + resource);
    }
  }

  /// What stands there now as a number, such as what a master wrote; 0 and 1 for states, NaN if it
  /// is no usable number.
  ///
  /// @throws IllegalArgumentException if there is no such resource
  public double get(String resource) {
    TagValue value = value(resource);
    return value == null ? Double.NaN : value.asDouble();
  }

  /// Whether a state is set there.
  ///
  /// @throws IllegalArgumentException if there is no such resource
  public boolean is(String resource) {
    return get(resource) == 1;
  }

  /// What stands there now; null if that is no usable value.
  ///
  /// @throws IllegalArgumentException if there is no such resource
  public @Nullable TagValue value(String resource) {
    var _ = require(resource);
    return slave.get(resource);
  }

  /// A holding register, 0..65535.
  ///
  /// @param address 0-based
  /// @throws IllegalArgumentException if the slave has none at that address
  public int holding(int address) {
    return register(DataTable.HOLDING_REGISTERS, address);
  }

  /// Sets a holding register.
  ///
  /// @param value 0..65535
  public void holding(int address, int value) {
    register(DataTable.HOLDING_REGISTERS, address, value);
  }

  /// An input register, 0..65535.
  public int input(int address) {
    return register(DataTable.INPUT_REGISTERS, address);
  }

  /// Sets an input register.
  public void input(int address, int value) {
    register(DataTable.INPUT_REGISTERS, address, value);
  }

  /// A coil.
  public boolean coil(int address) {
    return bit(DataTable.COILS, address);
  }

  /// Sets a coil.
  public void coil(int address, boolean on) {
    bit(DataTable.COILS, address, on);
  }

  /// A discrete input.
  public boolean discrete(int address) {
    return bit(DataTable.DISCRETE_INPUTS, address);
  }

  /// Sets a discrete input.
  public void discrete(int address, boolean on) {
    bit(DataTable.DISCRETE_INPUTS, address, on);
  }

  /// The Modbus requests that this slave has executed or refused, oldest first.
  public List<SeenRequest> requests() {
    return seen.list().stream().filter(this::isOurs).toList();
  }

  /// Waits until a master writes a resource, or has written it since the requests were forgotten
  /// last ([SeenRequests#forget]).
  ///
  /// @param resource of the slave's profile, in a table that can be written
  /// @param timeout on the wall, whatever time the bench goes by
  /// @return what stands there now, as a number
  /// @throws AssertionError if nobody does; the message tells what came instead
  /// @throws IllegalArgumentException if no write can reach that resource
  /// @throws InterruptedException if the waiting thread is interrupted
  public double awaitWrite(String resource, Duration timeout) throws InterruptedException {
    if (!(require(resource).point() instanceof Point.Modbus point) || !point.table().isWritable()) {
      throw new IllegalArgumentException(name() + "." + resource + " cannot be written by Modbus");
    }
    var _ = awaitWrite(resource, point.table(), point.range().start(), timeout);
    return get(resource);
  }

  /// Waits for a write to a holding register in the same way.
  ///
  /// @param address 0-based
  /// @return the first write that reached it
  public SeenRequest awaitWrite(int address, Duration timeout) throws InterruptedException {
    return awaitWrite("holding register " + address, DataTable.HOLDING_REGISTERS, address, timeout);
  }

  private SeenRequest awaitWrite(String what, DataTable table, int address, Duration timeout)
      throws InterruptedException {
    return seen.await(
        "nobody wrote " + what + " of " + name(),
        this::isOurs,
        request -> isOurs(request) && request.wrote(table, address),
        timeout);
  }

  private boolean isOurs(SeenRequest request) {
    return request.slave().equals(name());
  }

  private DeviceResource require(String resource) {
    if (profile == null) {
      throw new IllegalArgumentException(
          name() + " has raw tables and no resources: use holding(address) and its like");
    }
    DeviceResource found = profile.resource(resource);
    if (found == null) {
      List<String> names = profile.resources().stream().map(DeviceResource::name).toList();
      throw new IllegalArgumentException(
          "%s has no resource '%s'; profile %s has %s"
              .formatted(name(), resource, profile.name(), String.join(", ", names)));
    }
    return found;
  }

  private int register(DataTable table, int address) {
    BankSlave bank = bank(table, address);
    synchronized (bank) {
      return bank.bank().register(table, address);
    }
  }

  private void register(DataTable table, int address, int value) {
    if (value < 0 || value > 0xFFFF) {
      throw new IllegalArgumentException("a register holds 0..65535, not " + value);
    }
    BankSlave bank = bank(table, address);
    synchronized (bank) {
      bank.bank().setRegister(table, address, value);
    }
  }

  private boolean bit(DataTable table, int address) {
    BankSlave bank = bank(table, address);
    synchronized (bank) {
      return bank.bank().bit(table, address);
    }
  }

  private void bit(DataTable table, int address, boolean on) {
    BankSlave bank = bank(table, address);
    synchronized (bank) {
      bank.bank().setBit(table, address, on);
    }
  }

  private BankSlave bank(DataTable table, int address) {
    if (tables == null) {
      throw new IllegalArgumentException(name() + " is an I2C slave, which has no tables");
    }
    if (!AddressRange.isValid(address, 1)
        || !tables.bank().isMapped(table, new AddressRange(address, 1))) {
      throw new IllegalArgumentException(
          "%s has nothing at %s %d, counted from 0".formatted(name(), table.keyword(), address));
    }
    return tables;
  }
}
