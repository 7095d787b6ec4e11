package io.plantbus.simulators.serial;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.ReceiveBuffer;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.BusSimulation;

/// One station's port on a [SimulatedRs485].
final class SimulatedSerialLine implements SerialLine {
  private static final int BUFFER_BYTES = 4_096;

  private final BusSimulation simulation;
  private final SimulatedRs485 pair;
  private final String station;
  private final SerialSettings settings;
  private final Adapter adapter;
  private final ByteQueue outgoing = new ByteQueue(BUFFER_BYTES);
  private final ByteQueue gathering = new ByteQueue(BUFFER_BYTES);
  private final ReceiveBuffer incoming = new ReceiveBuffer(BUFFER_BYTES);
  private final byte[] heard = new byte[64];
  private Runnable callback = () -> {};
  private LinkState state = LinkState.OPEN;
  private boolean sending;
  private long lostGathering;

  SimulatedSerialLine(
      BusSimulation simulation,
      SimulatedRs485 pair,
      String station,
      SerialSettings settings,
      Adapter adapter) {
    this.simulation = simulation;
    this.pair = pair;
    this.station = station;
    this.settings = settings;
    this.adapter = adapter;
  }

  String station() {
    return station;
  }

  Adapter adapter() {
    return adapter;
  }

  boolean isSending() {
    return sending;
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
    int given = incoming.read(into, offset, length);
    if (given == 0) {
      check();
    }
    return given;
  }

  @Override
  public long arrivalNanos() {
    return incoming.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    check();
    int taken = outgoing.add(from, offset, length);
    if (taken > 0) {
      pair.sending(this, from, offset, taken);
      if (!sending) {
        sendNext();
      }
    }
    return taken;
  }

  @Override
  public void discardInput() {
    incoming.discard();
    gathering.clear();
  }

  @Override
  public long overruns() {
    return incoming.overruns() + lostGathering;
  }

  @Override
  public void onActivity(Runnable newCallback) {
    callback = newCallback;
  }

  @Override
  public void close() {
    if (state != LinkState.CLOSED) {
      state = LinkState.CLOSED;
      outgoing.clear();
      pair.closed(this);
    }
  }

  /// The adapter was pulled out.
  void lose() {
    if (state == LinkState.OPEN) {
      state = LinkState.LOST;
      outgoing.clear();
      callback.run();
    }
  }

  /// Somebody's character went by.
  void hear(CharacterFrame frame, int value, SerialSettings sent) {
    int count = 1;
    if (CharacterFrame.understands(settings, sent)) {
      heard[0] = (byte) value;
    } else {
      count = frame.sample(settings, heard);
    }
    if (count == 0) {
      return;
    }
    if (adapter.gatherNanos() == 0) {
      deliver(heard, count);
    } else {
      gather(count);
    }
  }

  private void gather(int count) {
    boolean first = gathering.count() == 0;
    lostGathering += count - gathering.add(heard, 0, count);
    if (first) {
      long period = adapter.gatherNanos();
      simulation.at((simulation.nowNanos() / period + 1) * period, this::handOver);
    }
  }

  private void handOver() {
    byte[] together = new byte[gathering.count()];
    gathering.remove(together, 0, together.length);
    deliver(together, together.length);
  }

  private void deliver(byte[] bytes, int count) {
    if (state == LinkState.OPEN && count > 0) {
      incoming.accept(bytes, 0, count, simulation.nowNanos());
      callback.run();
    }
  }

  private void sendNext() {
    if (outgoing.count() == 0 || state != LinkState.OPEN) {
      boolean wasSending = sending;
      sending = false;
      if (wasSending && state == LinkState.OPEN) {
        callback.run();
      }
      return;
    }
    sending = true;
    pair.transmit(this, outgoing.removeOne(), this::sendNext);
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
