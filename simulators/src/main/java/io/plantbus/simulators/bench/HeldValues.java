package io.plantbus.simulators.bench;

import io.plantbus.devices.TagValue;
import io.plantbus.simulators.bench.BenchProcess.Place;
import io.plantbus.simulators.process.SimulatedSlave;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Values that slaves show whatever is measured there, for who interferes from outside. Safe for
/// use by any thread.
public final class HeldValues {
  private final Map<String, SimulatedSlave> slaves;
  private final Set<Place> held = ConcurrentHashMap.newKeySet();

  HeldValues(Map<String, SimulatedSlave> slaves) {
    this.slaves = slaves;
  }

  /// The slaves as the process sees them: what is held there, it cannot change.
  Map<String, SimulatedSlave> guarded() {
    Map<String, SimulatedSlave> guarded = new HashMap<>();
    slaves.forEach((name, slave) -> guarded.put(name, new Guarded(slave)));
    return guarded;
  }

  /// Has a slave show a value from here on, until [#release].
  ///
  /// @return whether the slave can hold the value; if not, nothing changes
  /// @throws IllegalArgumentException if there is no such slave or resource
  public boolean hold(Place place, TagValue value) {
    SimulatedSlave slave = slaves.get(place.slave());
    if (slave == null) {
      throw new IllegalArgumentException("there is no slave '" + place.slave() + "'");
    }
    boolean isNew = held.add(place);
    boolean fits = slave.set(place.resource(), value);
    if (!fits && isNew) {
      held.remove(place);
    }
    return fits;
  }

  /// Has a slave show again what is measured; without a sensor there, the value stays as it is.
  public void release(Place place) {
    held.remove(place);
  }

  /// A slave whose held values stay as they are.
  private final class Guarded implements SimulatedSlave {
    private final SimulatedSlave slave;

    Guarded(SimulatedSlave slave) {
      this.slave = slave;
    }

    @Override
    public String name() {
      return slave.name();
    }

    @Override
    public boolean set(String resource, TagValue value) {
      boolean isHeld = !held.isEmpty() && held.contains(new Place(slave.name(), resource));
      return !isHeld && slave.set(resource, value);
    }

    @Override
    public @Nullable TagValue get(String resource) {
      return slave.get(resource);
    }
  }
}
