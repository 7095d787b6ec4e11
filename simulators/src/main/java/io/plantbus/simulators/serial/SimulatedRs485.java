package io.plantbus.simulators.serial;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.BusSimulation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/// A two-wire RS-485 pair with any number of stations, in virtual time.
///
/// ```
///  master ──┬────────┬────────┬──   each character takes its time, everybody else hears it;
///         slave 1  slave 2  slave 3  two at once garble each other
/// ```
///
/// A station is known by a name of its own; its port may be opened, closed and opened again. What a
/// station sends arrives as the levels on the wire say: a receiver with another speed or parity
/// reads garbage. Belongs to the thread of the simulation.
public final class SimulatedRs485 {
  private final BusSimulation simulation;
  private final String name;
  private final SplittableRandom random;
  private final List<SimulatedSerialLine> ports = new ArrayList<>();
  private final List<Transit> onTheWire = new ArrayList<>();
  private final Set<String> unplugged = new HashSet<>();
  private final Set<String> disconnected = new HashSet<>();
  private long collisions;
  private long busyNanos;
  private long busyUntil;

  /// A character on its way; garbled as soon as another one overlaps it.
  private static final class Transit {
    final SimulatedSerialLine sender;
    final int value;
    boolean garbled;

    Transit(SimulatedSerialLine sender, int value) {
      this.sender = sender;
      this.value = value;
    }
  }

  /// @param name what the pair is called in transcripts and errors
  public SimulatedRs485(BusSimulation simulation, String name) {
    this.simulation = simulation;
    this.name = name;
    this.random = simulation.random("rs485/" + name);
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
    }
  }

  /// How often two stations drove the pair at once: characters garbled by that, counted one by one.
  public long collisions() {
    return collisions;
  }

  /// Time during which somebody drove the pair.
  public long busyNanos() {
    return busyNanos;
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
    SimulatedSerialLine port =
        new SimulatedSerialLine(simulation, this, station, settings, adapter);
    ports.add(port);
    return port;
  }

  /// A port begins to send: for the transcript.
  void sending(SimulatedSerialLine sender, byte[] bytes, int offset, int length) {
    simulation
        .transcript()
        .bytes(simulation.nowNanos(), name, sender.station(), bytes, offset, length);
  }

  /// Puts one character on the pair for its time; then `done` runs, and everybody else has it.
  void transmit(SimulatedSerialLine sender, int value, Runnable done) {
    if (disconnected.contains(sender.station())) {
      simulation.after(sender.settings().characterNanos(), done);
      return;
    }
    Transit transit = new Transit(sender, value);
    for (Transit other : onTheWire) {
      garble(other);
      garble(transit);
    }
    onTheWire.add(transit);
    long end = simulation.nowNanos() + sender.settings().characterNanos();
    busyNanos += Math.max(0, end - Math.max(busyUntil, simulation.nowNanos()));
    busyUntil = Math.max(busyUntil, end);
    simulation.at(
        end,
        () -> {
          onTheWire.remove(transit);
          arrive(transit);
          done.run();
        });
  }

  void closed(SimulatedSerialLine port) {
    ports.remove(port);
  }

  private void garble(Transit transit) {
    if (!transit.garbled) {
      transit.garbled = true;
      collisions++;
      note(transit.sender.station(), "collision");
    }
  }

  private void arrive(Transit transit) {
    SerialSettings sent = transit.sender.settings();
    int value = transit.garbled ? random.nextInt(256) : transit.value;
    CharacterFrame frame = new CharacterFrame(sent, value);
    for (SimulatedSerialLine port : List.copyOf(ports)) {
      boolean hears =
          port == transit.sender
              ? port.adapter().hearsItself()
              : !port.isSending() && !disconnected.contains(port.station());
      if (hears) {
        port.hear(frame, value, sent);
      }
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
