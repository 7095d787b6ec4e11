package io.plantbus.hal.serial;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
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
  ///   or does not take the settings
  public SerialLine open(String device, SerialSettings settings) throws PortException {
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
      String applied = AppliedSettings.describe(settings, readBack.inForce(Path.of(resolved)));
      SerialPortLine line =
          new SerialPortLine(
              port,
              name(device, settings),
              settings,
              applied,
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
    if (settings.rs485()) {
      port.setRs485ModeParameters(true, true, 0, 0);
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

  private static int parity(Parity parity) {
    return switch (parity) {
      case NONE -> SerialPort.NO_PARITY;
      case EVEN -> SerialPort.EVEN_PARITY;
      case ODD -> SerialPort.ODD_PARITY;
    };
  }

  private static String name(String device, SerialSettings settings) {
    return "rtu:%s?baud=%d&format=%s%s"
        .formatted(
            device, settings.baud(), settings.format(), settings.rs485() ? "&rs485=true" : "");
  }
}
