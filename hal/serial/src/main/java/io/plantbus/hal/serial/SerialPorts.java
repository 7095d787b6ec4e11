package io.plantbus.hal.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import io.plantbus.hal.AppliedSettings;
import io.plantbus.hal.LineDirection;
import io.plantbus.hal.LineDirection.Switching;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.SerialSettings.Parity;
import java.io.IOException;
import java.nio.file.Path;

/// Opens the serial ports of this machine. Safe for use by any thread.
public final class SerialPorts {
  private static final OpenDevices DEVICES = new OpenDevices();

  /// The vendor takes whole tenths of a second; this is how often an idle reader looks around.
  private static final int IDLE_MILLIS = 1000;

  private final NanoClock clock;
  private final SettingsReadBack readBack;

  /// @param clock gives bytes their arrival time
  /// @param readBack tells what a driver applied
  public SerialPorts(NanoClock clock, SettingsReadBack readBack) {
    this.clock = clock;
    this.readBack = readBack;
  }

  /// An opener for one port.
  ///
  /// @param device the device file or a link to it, such as `/dev/ttyUSB0`; on Windows a name such
  ///   as `COM3`
  /// @param settings speed, character format and RS-485 direction switching
  public LinkOpener opener(String device, SerialSettings settings) {
    return () -> open(device, settings);
  }

  /// Opens a port, within a second or so.
  ///
  /// @param device the device file or a link to it, such as `/dev/ttyUSB0`; on Windows a name such
  ///   as `COM3`
  /// @param settings speed, character format and RS-485 direction switching
  /// @throws PortException if it is missing, not permitted, held by somebody else, no serial port,
  ///   or does not take the settings; also if direction by RTS is asked for, which the vendor
  ///   cannot time, or direction by kernel is insisted on and reads back as off
  public SerialLine open(String device, SerialSettings settings) throws PortException {
    if (settings.direction().switching() == Switching.RTS) {
      throw OpeningFault.noHandSwitching(device);
    }
    VendorLibrary.load(DEVICES);
    String resolved = resolve(device);
    if (!DEVICES.claim(resolved)) {
      throw OpeningFault.busyHere(device);
    }
    try {
      SerialPort port = configure(device, resolved, settings);
      int errno = open(port, settings.baud());
      if (errno != 0) {
        throw OpeningFault.of(errno, device, settings);
      }
      SerialSettings found = readBack.inForce(Path.of(resolved));
      if (found != null && isRefusal(settings, found)) {
        port.closePort();
        throw OpeningFault.noKernelSwitching(device, settings.direction().whenRefused());
      }
      SerialPortLine line =
          new SerialPortLine(
              port,
              settings.endpoint(device),
              settings,
              AppliedSettings.describe(settings, found),
              clock,
              () -> DEVICES.release(resolved));
      line.start();
      return line;
    } catch (PortException | RuntimeException failure) {
      DEVICES.release(resolved);
      throw failure;
    }
  }

  /// The real path behind links. The vendor must not see a path that does not exist: it would try
  /// the last part of it under `/dev`.
  private static String resolve(String device) throws PortException {
    if (System.getProperty("os.name", "").startsWith("Windows")) {
      return device;
    }
    try {
      return Path.of(device).toRealPath().toString();
    } catch (IOException _) {
      throw OpeningFault.missing(device);
    }
  }

  private static SerialPort configure(String device, String resolved, SerialSettings settings)
      throws PortException {
    SerialPort port;
    try {
      port = SerialPort.getCommPort(resolved);
    } catch (SerialPortInvalidPortException _) {
      throw OpeningFault.missing(device);
    }
    port.setComPortParameters(
        settings.baud(),
        settings.dataBits(),
        settings.stopBits() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
        parity(settings.parity()));
    LineDirection direction = settings.direction();
    if (settings.rs485()) {
      port.setRs485ModeParameters(
          true,
          direction.rtsHighWhileSending(),
          false,
          direction.receiveWhileSending(),
          direction.delayBeforeMicros(),
          direction.delayAfterMicros());
    } else {
      port.disableRs485ModeControl();
    }
    port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
    port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, IDLE_MILLIS, 0);
    port.flushIOBuffers();
    return port;
  }

  /// Opens the port, over a detour where needed: if a driver ignores parity, as pseudo terminals
  /// do, and every other setting is in force already, the C library reports that nothing was
  /// changed as an error. Coming from another speed, something changes.
  ///
  /// @return 0 if it is open, else the error number of the operating system
  private static int open(SerialPort port, int baud) {
    if (port.openPort()) {
      return 0;
    }
    int errno = port.getLastErrorCode();
    if (errno != OpeningFault.INVALID) {
      return errno;
    }
    port.setBaudRate(baud == 9600 ? 19_200 : 9600);
    if (port.openPort() && port.setBaudRate(baud)) {
      return 0;
    }
    port.closePort();
    return OpeningFault.INVALID;
  }

  /// Whether the driver does not turn the pair, and its owner does not take that.
  private static boolean isRefusal(SerialSettings asked, SerialSettings found) {
    return asked.rs485()
        && !found.rs485()
        && asked.direction().whenRefused() != LineDirection.WhenRefused.NONE;
  }

  private static int parity(Parity parity) {
    return switch (parity) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }
}
