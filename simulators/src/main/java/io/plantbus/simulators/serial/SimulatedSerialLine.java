package io.plantbus.simulators.serial;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import org.jspecify.annotations.Nullable;

/// One station's port on a [SimulatedRs485].
final class SimulatedSerialLine implements SerialLine {
  private static final int BUFFER_BYTES = 4_096;

  /// A longer burst ends, so that a stream without end does not gather.
  private static final int MOST_BURST_BYTES = 16_384;

  private final SimulatedRs485 pair;
  private final String station;
  private final SerialSettings settings;
  private final Adapter adapter;
  private final Receiver receiver;
  private Runnable callback = () -> {};
  private LinkState state = LinkState.OPEN;
  private @Nullable Burst burst;

  /// Whether a write was not taken whole, so that the owner waits for room.
  private boolean isWanting;

  SimulatedSerialLine(
      SimulatedRs485 pair, String station, SerialSettings settings, Adapter adapter) {
    this.pair = pair;
    this.station = station;
    this.settings = settings;
    this.adapter = adapter;
    this.receiver = new Receiver(pair, this, settings, adapter);
  }

  String station() {
    return station;
  }

  Adapter adapter() {
    return adapter;
  }

  Receiver receiver() {
    return receiver;
  }

  /// What it sends now, or null.
  @Nullable Burst burst() {
    return burst;
  }

  @Override
  public String name() {
    return "rtu:%s/%s?baud=%d&format=%s"
        .formatted(pair.name(), station, settings.baud(), settings.format());
  }

  @Override
  public LinkState state() {
    return state;
  }

  @Override
  public SerialSettings settings() {
    return settings;
  }

  @Override
  public String appliedSettings() {
    return settings + ", simulated";
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    int given = receiver.incoming().read(into, offset, length);
    if (given == 0) {
      check();
    }
    return given;
  }

  @Override
  public long arrivalNanos() {
    return receiver.incoming().arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    check();
    Burst current = burst;
    if (current != null && pair.nowNanos() >= current.endNanos()) {
      pair.ended(current);
      current = null;
    }
    if (length <= 0) {
      return 0;
    }
    if (current == null) {
      int taken = Math.min(length, BUFFER_BYTES);
      burst = pair.begin(this, from, offset, taken);
      isWanting = taken < length;
      return taken;
    }
    int begun = current.completeAt(pair.nowNanos()) + 1;
    int room = BUFFER_BYTES - Math.max(0, current.length - begun);
    int taken = Math.min(length, Math.min(room, MOST_BURST_BYTES - current.length));
    isWanting = taken < length;
    if (taken <= 0) {
      return 0;
    }
    pair.extend(current, from, offset, taken);
    return taken;
  }

  @Override
  public void discardInput() {
    receiver.discard(pair.nowNanos());
  }

  @Override
  public long overruns() {
    return receiver.incoming().overruns();
  }

  @Override
  public void onActivity(Runnable newCallback) {
    callback = newCallback;
  }

  @Override
  public void close() {
    if (state != LinkState.CLOSED) {
      state = LinkState.CLOSED;
      pair.closed(this);
    }
  }

  /// The adapter was pulled out.
  void lose() {
    if (state == LinkState.OPEN) {
      state = LinkState.LOST;
      pair.closed(this);
      callback.run();
    }
  }

  /// Something was received.
  void activity() {
    if (state == LinkState.OPEN) {
      callback.run();
    }
  }

  /// All that was to be sent is sent.
  void sent(Burst over) {
    if (burst == over) {
      burst = null;
      receiver.wasDeaf(over, over.startNanos, over.endNanos());
      if (isWanting) {
        isWanting = false;
        activity();
      }
    }
  }

  private void check() throws PortException {
    switch (state) {
      case CONNECTING, OPEN -> {}
      case LOST ->
          throw new PortException(PortFault.LOST, name() + " is gone: plug its adapter in again");
      case CLOSED -> throw new PortException(PortFault.CLOSED, name() + " is closed");
    }
  }
}
