package io.plantbus.master.modbus;

import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.master.line.BackOff;
import io.plantbus.master.plant.LineSpec;
import org.jspecify.annotations.Nullable;

/// The port of a Modbus line: opened, and opened again with rising pauses when it is lost. The
/// pauses start anew once a device answered, not as soon as the port opens: a peer that hangs up at
/// once or talks something else is not called without end. Owned by the thread of its line.
final class LineConnection {
  /// What a step found.
  enum Change {
    /// As before.
    NONE,
    /// Ready in both directions.
    OPENED,
    /// Not open: lost, or another attempt failed.
    LOST
  }

  private final LinkOpener opener;
  private final Runnable activity;
  private final BackOff pauses;
  private @Nullable Link link;
  private boolean open;
  private long retryAtNanos = Long.MIN_VALUE;
  private String trouble = "";

  /// @param activity run by any thread when the link has something to do
  LineConnection(LineSpec line, LinkOpener opener, Runnable activity) {
    this.opener = opener;
    this.activity = activity;
    this.pauses = new BackOff(line.reconnectMinNanos(), line.reconnectMaxNanos());
  }

  /// Opens the port when it is time, and notices its loss.
  Change step(long nowNanos) {
    if (link == null) {
      return nowNanos >= retryAtNanos ? attempt(nowNanos) : Change.NONE;
    }
    return look(link, nowNanos);
  }

  private Change attempt(long nowNanos) {
    try {
      Link opened = opener.open();
      link = opened;
      opened.onActivity(activity);
      return look(opened, nowNanos);
    } catch (PortException failure) {
      lose(failure.getMessage(), nowNanos);
      return Change.LOST;
    }
  }

  private Change look(Link current, long nowNanos) {
    return switch (current.state()) {
      case CONNECTING -> Change.NONE;
      case OPEN -> {
        boolean news = !open;
        open = true;
        yield news ? Change.OPENED : Change.NONE;
      }
      case LOST -> open ? Change.NONE : failed(current, nowNanos);
      case CLOSED -> {
        lose("closed", nowNanos);
        yield Change.LOST;
      }
    };
  }

  /// A link that never opened tells why when it is read.
  private Change failed(Link current, long nowNanos) {
    String why = current.name() + " could not be opened";
    try {
      current.read(new byte[1], 0, 1);
    } catch (PortException failure) {
      why = failure.getMessage();
    }
    lose(why, nowNanos);
    return Change.LOST;
  }

  /// Drops the link; it is opened again after a pause.
  void lose(String why, long nowNanos) {
    close();
    trouble = why;
    retryAtNanos = nowNanos + pauses.next();
  }

  /// A valid answer came: there is a device behind the port.
  void answered() {
    pauses.reset();
  }

  /// The link while it is open, or null.
  @Nullable Link open() {
    return open ? link : null;
  }

  /// What is open, a serial port with the settings found in force.
  String port() {
    return switch (link) {
      case null -> "";
      case SerialLine serial ->
          serial.name().replaceFirst("\\?.*", "") + ", " + serial.appliedSettings();
      case Link other -> other.name();
    };
  }

  /// Why it is not open, for a person.
  String trouble() {
    return trouble;
  }

  /// When a step is wanted at the latest; a link that connects or is open wakes its owner itself.
  long deadline() {
    return link == null ? retryAtNanos : Long.MAX_VALUE;
  }

  /// Closes the port.
  void close() {
    if (link != null) {
      link.close();
    }
    link = null;
    open = false;
  }
}
