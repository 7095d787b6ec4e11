package io.plantbus.simulators.serial;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.Alarm;
import io.plantbus.simulators.BusSimulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// A two-wire RS-485 pair with any number of stations.
///
/// ```
///  master ──┬────────┬────────┬──   each character takes its time, everybody else hears it;
///         slave 1  slave 2  slave 3  two at once garble each other
/// ```
///
/// A station is known by a name of its own; its port may be opened, closed and opened again. What a
/// station sends arrives as the levels on the wire say: a receiver with another speed or parity
/// reads garbage. A run of characters without a gap is one event per receiver that takes it whole,
/// and exact to the character where anything overlaps it. Belongs to the thread of the simulation.
public final class SimulatedRs485 {
  /// The time a level takes along a metre of twisted pair.
  public static final long NANOS_PER_METRE = 5;

  private final BusSimulation simulation;
  private final String name;
  private final SplittableRandom random;
  private final List<SimulatedSerialLine> ports = new ArrayList<>();
  private final List<Burst> recent = new ArrayList<>();
  private final ArrayDeque<Burst> spare = new ArrayDeque<>();
  private final List<WireListener> listeners = new ArrayList<>();
  private final Map<String, Double> places = new HashMap<>();
  private final Set<String> unplugged = new HashSet<>();
  private final Set<String> disconnected = new HashSet<>();
  private long collisions;
  private long busyNanos;
  private long busyUntil;

  /// @param name what the pair is called in transcripts and errors
  public SimulatedRs485(BusSimulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
    this.random = simulation.random("rs485/" + name);
    this.busyUntil = simulation.nowNanos();
  }

  /// What the pair is called.
  public String name() {
    return name;
  }

  /// How a station's port is opened, through an adapter that hands over each byte.
  public SerialOpener opener(String station, SerialSettings settings) {
    return opener(station, settings, Adapter.DIRECT);
  }

  /// How a station's port is opened.
  ///
  /// @param station unique on the pair
  public SerialOpener opener(String station, SerialSettings settings, Adapter adapter) {
    return () -> open(station, settings, adapter);
  }

  /// Pulls a station's adapter out of its computer: open ports are lost and none opens until
  /// [#replug].
  public void unplug(String station) {
    if (unplugged.add(station)) {
      note(station, "adapter unplugged");
      for (SimulatedSerialLine port : List.copyOf(ports)) {
        if (port.station().equals(station)) {
          ports.remove(port);
          port.lose();
        }
      }
    }
  }

  /// Plugs a station's adapter in again.
  public void replug(String station) {
    if (unplugged.remove(station)) {
      note(station, "adapter plugged in");
    }
  }

  /// Takes a station off the pair, or puts it back: disconnected, it works and nobody hears it.
  public void setDisconnected(String station, boolean isDisconnected) {
    if (isDisconnected ? disconnected.add(station) : disconnected.remove(station)) {
      note(station, isDisconnected ? "disconnected" : "connected");
      if (isDisconnected) {
        cutOff(station);
      }
    }
  }

  private void cutOff(String station) {
    long now = nowNanos();
    for (SimulatedSerialLine port : ports) {
      Burst burst = port.burst();
      if (port.station().equals(station)) {
        port.receiver().endAllAt(now);
        if (burst != null) {
          recent.forEach(one -> one.settle(now));
          burst.isOnPair = false;
          ports.forEach(other -> other.receiver().endAt(burst, now));
        }
      }
    }
  }

  /// Where a station is along the cable, for the time that levels take to and from it; at 0 unless
  /// told.
  public void place(String station, double metres) {
    places.put(station, metres);
  }

  /// Tells somebody of every burst and collision from now on.
  public void listen(WireListener listener) {
    listeners.add(listener);
  }

  /// Puts characters on the pair that nobody's port sends: a fault.
  ///
  /// @param station begins with [WireListener#FAULT]
  /// @param isDriver whether that drives the pair, so that it collides with others; not so noise
  public void disturb(String station, SerialSettings settings, byte[] bytes, boolean isDriver) {
    if (bytes.length > 0) {
      begin(station, null, settings, isDriver, bytes, 0, bytes.length);
    }
  }

  /// Puts characters on the pair that one station does not hear, because the fault is part of it.
  void disturbAllBut(String deaf, String station, SerialSettings settings, byte[] bytes) {
    Burst burst = begin(station, null, settings, true, bytes, 0, bytes.length);
    for (SimulatedSerialLine port : ports) {
      if (port.station().equals(deaf)) {
        port.receiver().endAt(burst, nowNanos());
      }
    }
  }

  /// How often two stations drove the pair at once: characters garbled by that, counted one by one.
  public long collisions() {
    return collisions;
  }

  /// Whether somebody drives the pair now.
  public boolean isDriven() {
    long now = nowNanos();
    for (Burst burst : recent) {
      if (burst.isDriver && burst.isOnPair && !burst.hasEnded && burst.endNanos() > now) {
        return true;
      }
    }
    return false;
  }

  /// Time during which somebody drove the pair.
  public long busyNanos() {
    return busyNanos - Math.max(0, busyUntil - nowNanos());
  }

  private SimulatedSerialLine open(String station, SerialSettings settings, Adapter adapter)
      throws PortException {
    if (unplugged.contains(station)) {
      throw new PortException(
          PortFault.MISSING, "there is no serial port " + name + "/" + station + ": plug it in");
    }
    if (ports.stream().anyMatch(port -> port.station().equals(station))) {
      throw new PortException(
          PortFault.BUSY, name + "/" + station + " is open already: close it first");
    }
    SimulatedSerialLine port = new SimulatedSerialLine(this, station, settings, adapter);
    ports.add(port);
    if (isConnected(port)) {
      // What is under way is heard from here on.
      for (Burst burst : recent) {
        if (!burst.hasEnded && burst.isOnPair) {
          port.receiver().begin(burst, delayNanos(burst.station, station));
        }
      }
    }
    return port;
  }

  /// The time of the simulation.
  long nowNanos() {
    return simulation.nowNanos();
  }

  Alarm alarm(Runnable action) {
    return simulation.alarm(action);
  }

  /// A port begins to send.
  Burst begin(SimulatedSerialLine port, byte[] bytes, int offset, int length) {
    return begin(port.station(), port, port.settings(), true, bytes, offset, length);
  }

  private Burst begin(
      String station,
      @Nullable SimulatedSerialLine sender,
      SerialSettings settings,
      boolean isDriver,
      byte[] bytes,
      int offset,
      int length) {
    forget();
    long now = nowNanos();
    Burst burst = spare.isEmpty() ? new Burst(this) : spare.removeLast();
    boolean isOnPair = disconnected.isEmpty() || !disconnected.contains(station);
    burst.begin(station, sender, settings, now, isDriver, isOnPair);
    burst.append(bytes, offset, length);
    simulation.transcript().bytes(now, name, station, bytes, offset, length);
    if (isOnPair) {
      if (!recent.isEmpty()) {
        contend(burst, now);
      }
      occupy(burst, now);
      for (int i = 0; i < ports.size(); i++) {
        SimulatedSerialLine port = ports.get(i);
        if (port == sender ? port.adapter().hearsItself() : isConnected(port)) {
          port.receiver().begin(burst, delayNanos(station, port.station()));
        }
      }
    }
    recent.add(burst);
    burst.end.at(burst.endNanos());
    return burst;
  }

  private boolean isConnected(SimulatedSerialLine port) {
    return disconnected.isEmpty() || !disconnected.contains(port.station());
  }

  private long delayNanos(String from, String to) {
    if (places.isEmpty()) {
      return 0;
    }
    double metres = Math.abs(places.getOrDefault(from, 0.0) - places.getOrDefault(to, 0.0));
    return Math.round(metres * NANOS_PER_METRE);
  }

  /// A port goes on sending before its burst is over.
  void extend(Burst burst, byte[] bytes, int offset, int length) {
    simulation.transcript().bytes(nowNanos(), name, burst.station, bytes, offset, length);
    burst.append(bytes, offset, length);
    occupy(burst, nowNanos());
    changed(burst);
  }

  private void changed(Burst burst) {
    for (SimulatedSerialLine port : ports) {
      port.receiver().changed();
    }
    burst.end.at(burst.endNanos());
  }

  private void occupy(Burst burst, long now) {
    if (burst.isDriver && burst.isOnPair) {
      long end = burst.endNanos();
      busyNanos += Math.max(0, end - Math.max(busyUntil, now));
      busyUntil = Math.max(busyUntil, end);
    }
  }

  private void contend(Burst burst, long now) {
    List<String> drivers = new ArrayList<>(0);
    for (Burst other : recent) {
      if (!other.hasEnded && other.overlaps(now, burst.endNanos())) {
        other.contest(now);
        burst.contest(now);
        if (other.isDriver && burst.isDriver) {
          drivers.add(other.station);
        }
      }
    }
    if (!drivers.isEmpty()) {
      drivers.add(burst.station);
      for (WireListener listener : listeners) {
        listener.collision(drivers, now);
      }
    }
  }

  /// What becomes of a character that others overlap: 0..255, or -1 if none does.
  int spoilt(Burst burst, long fromNanos, long untilNanos) {
    boolean isHit = false;
    boolean isCollision = false;
    for (int i = 0; i < recent.size(); i++) {
      Burst other = recent.get(i);
      if (other != burst && other.overlaps(fromNanos, untilNanos)) {
        isHit = true;
        isCollision |= other.isDriver && burst.isDriver;
      }
    }
    if (isCollision) {
      collisions++;
      if (!burst.isGarbled) {
        burst.isGarbled = true;
        note(burst.station, "collision");
      }
    }
    return isHit ? random.nextInt(256) : -1;
  }

  /// A burst is over.
  void ended(Burst burst) {
    burst.end.cancel();
    burst.settle(nowNanos());
    burst.hasEnded = true;
    if (!listeners.isEmpty() && burst.isOnPair) {
      for (WireListener listener : listeners) {
        listener.burst(
            burst.station, burst.startNanos, burst.endNanos(), burst.sent(), 0, burst.length);
      }
    }
    if (burst.port != null) {
      burst.port.sent(burst);
    }
  }

  /// Lets go of bursts that nothing under way overlaps.
  private void forget() {
    long oldest = Long.MAX_VALUE;
    for (int i = 0; i < recent.size(); i++) {
      Burst burst = recent.get(i);
      if (!burst.hasEnded) {
        oldest = Math.min(oldest, burst.startNanos);
      }
    }
    for (int i = recent.size() - 1; i >= 0; i--) {
      Burst burst = recent.get(i);
      if (burst.hasEnded && burst.receptions == 0 && burst.endNanos() <= oldest) {
        recent.remove(i);
        burst.port = null;
        spare.addLast(burst);
      }
    }
  }

  /// A port was closed or lost: what it had still to send is not sent.
  void closed(SimulatedSerialLine port) {
    ports.remove(port);
    port.receiver().close();
    Burst burst = port.burst();
    if (burst != null) {
      long before = burst.endNanos();
      burst.length = burst.begunBefore(nowNanos());
      if (burst.isOnPair && busyUntil == before) {
        busyUntil = burst.endNanos();
        busyNanos -= before - busyUntil;
      }
      changed(burst);
    }
  }

  private void note(String station, String what) {
    simulation.transcript().note(simulation.nowNanos(), name, station, what);
  }

  /// The stations that have an open port, in the order of opening.
  public Set<String> stations() {
    Set<String> names = new LinkedHashSet<>();
    ports.forEach(port -> names.add(port.station()));
    return names;
  }
}
