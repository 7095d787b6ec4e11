package io.plantbus.hal.linux;

import io.plantbus.hal.LineErrors;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;

/// An open port.
final class LinuxSerialLine implements SerialLine {
  private final String name;
  private final SerialSettings settings;
  private final String applied;
  private final SerialDescriptor port;
  private final TerminalLink link;

  LinuxSerialLine(
      String device, SerialSettings settings, PortOpening.Opened opened, NanoClock clock) {
    this.name = settings.endpoint(device);
    this.settings = settings;
    this.applied = opened.applied();
    this.port = opened.port();
    this.link =
        new TerminalLink(
            "serial port " + name,
            "plantbus-tty-" + opened.file().getFileName(),
            port,
            clock,
            "check the cable and the adapter");
    link.start(port.isTurnedByHand());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public SerialSettings settings() {
    return settings;
  }

  @Override
  public String appliedSettings() {
    return applied;
  }

  @Override
  public LineErrors errors() {
    return port.errors();
  }

  @Override
  public LinkState state() {
    return link.state();
  }

  @Override
  public int read(byte[] into, int offset, int length) throws PortException {
    return link.read(into, offset, length);
  }

  @Override
  public long arrivalNanos() {
    return link.arrivalNanos();
  }

  @Override
  public int write(byte[] from, int offset, int length) throws PortException {
    return link.write(from, offset, length);
  }

  @Override
  public void discardInput() {
    link.discardInput();
  }

  @Override
  public long overruns() {
    return link.overruns();
  }

  @Override
  public void onActivity(Runnable callback) {
    link.onActivity(callback);
  }

  @Override
  public void close() {
    link.close();
  }
}
