package io.plantbus.hal.linux;

import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import java.lang.foreign.SymbolLookup;

/// Opens the serial ports of a Linux machine through `termios2`, with everything that the kernel
/// lets one say about them. Safe for use by any thread.
/// - Any baud rate, as a number. What the driver made of it is read back, and told if it differs.
/// - Ports are held exclusively (`flock`, `TIOCEXCL`), raw: no echo, no flow control.
/// - Direction by the kernel (`TIOCSRS485`) is set and read back; direction by RTS is done on the
///   port's own thread, never on the owner's.
/// - Characters with a wrong parity bit or without a stop bit are dropped and counted, breaks too:
///   [SerialLine#errors()].
/// - The driver is asked for low latency.
/// - A port that is opened on the thread of an agent of a [io.plantbus.hal.ThreadRunner] has that
///   thread sleep in `ppoll(2)` between two steps and give bytes their time of arrival; any other,
///   and each whose direction is turned by RTS, has a daemon thread for that. `write` hands bytes
///   to the driver on the calling thread and never waits.
/// - `close` lets the frame under way leave, half a second at most.
public final class LinuxSerialPorts {
  private final NanoClock clock;
  private final Libc libc;

  /// @param clock gives bytes their arrival time
  public LinuxSerialPorts(NanoClock clock) {
    this(clock, Libc.system());
  }

  /// @param clock gives bytes their arrival time
  /// @param symbols where the functions of the C library are found
  public LinuxSerialPorts(NanoClock clock, SymbolLookup symbols) {
    this(clock, new Libc(symbols));
  }

  private LinuxSerialPorts(NanoClock clock, Libc libc) {
    this.clock = clock;
    this.libc = libc;
  }

  /// An opener for one port.
  ///
  /// @param device the device file or a link to it, such as `/dev/ttyUSB0`
  /// @param settings speed, character format and RS-485 direction
  public LinkOpener opener(String device, SerialSettings settings) {
    return () -> open(device, settings);
  }

  /// Opens a port, without waiting.
  ///
  /// @param device the device file or a link to it, such as `/dev/ttyUSB0`
  /// @param settings speed, character format and RS-485 direction
  /// @throws PortException if it is missing, not permitted, held by somebody else, no serial port,
  ///   or does not take the settings; also if nobody can turn the pair as asked
  public SerialLine open(String device, SerialSettings settings) throws PortException {
    PortOpening.Opened opened = PortOpening.open(libc, device, settings);
    return new LinuxSerialLine(device, settings, opened, clock);
  }
}
