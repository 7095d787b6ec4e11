package io.plantbus.hal.linux;

import io.plantbus.hal.AppliedSettings;
import io.plantbus.hal.LineDirection;
import io.plantbus.hal.LineDirection.Switching;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;
import java.io.IOException;
import java.nio.file.Path;

/// The opening of one serial port, step by step; what has been opened is released if a step fails.
///
/// RTS and the kernel's switching come before everything else, so that a transceiver which stands
/// on the pair does not jam it for longer than it takes.
final class PortOpening {
  private static final long TCFLSH = 0x540BL;
  private static final long TCIFLUSH = 0;
  private static final long TIOCEXCL = 0x540CL;
  private static final long TIOCNXCL = 0x540DL;

  private final Libc libc;
  private final String device;
  private final SerialSettings asked;
  private final int descriptor;

  private PortOpening(Libc libc, String device, SerialSettings asked, int descriptor) {
    this.libc = libc;
    this.device = device;
    this.asked = asked;
    this.descriptor = descriptor;
  }

  /// What came of it.
  ///
  /// @param file the device file behind links
  /// @param applied the settings in force, in words
  record Opened(SerialDescriptor port, Path file, String applied) {}

  static Opened open(Libc libc, String device, SerialSettings asked) throws PortException {
    int flags = Libc.READ_WRITE | Libc.NON_BLOCKING | Libc.NO_CONTROLLING_TERMINAL;
    Path file = resolve(device);
    int descriptor = libc.open(file.toString(), flags);
    if (descriptor < 0) {
      throw refused(-descriptor, device);
    }
    try {
      return new PortOpening(libc, device, asked, descriptor).configure(file);
    } catch (PortException refused) {
      libc.close(descriptor);
      throw refused;
    }
  }

  /// Lets go of a port: others may open it at once.
  static void release(Libc libc, int descriptor) {
    libc.ioctl(descriptor, TIOCNXCL, 0);
    libc.close(descriptor);
  }

  private static Path resolve(String device) throws PortException {
    try {
      return Path.of(device).toRealPath();
    } catch (IOException _) {
      throw refused(Errno.ENOENT, device);
    }
  }

  private static PortException refused(int errno, String device) {
    return Errno.opening(
        errno,
        "serial port " + device,
        "check the cable and the name; ls -l /dev/serial/by-id /dev/ttyS* /dev/ttyAMA* shows what exists",
        "dialout");
  }

  private Opened configure(Path file) throws PortException {
    if (libc.lockExclusively(descriptor) < 0) {
      throw new PortException(
          PortFault.BUSY,
          "serial port %s is held by another program, or by another line of this one: stop it (sudo fuser -v %s names it)"
              .formatted(device, device));
    }
    applied(Termios.probe(libc, descriptor));
    ModemLines modem = new ModemLines(libc, descriptor);
    boolean uart = modem.exist();
    LineDirection direction = direction(modem, uart);
    applied(Termios.apply(libc, descriptor, asked, uart));
    libc.ioctl(descriptor, TIOCEXCL, 0);
    libc.ioctl(descriptor, TCFLSH, TCIFLUSH);
    boolean lowLatency = LowLatency.ask(libc, descriptor);
    SerialSettings found = Termios.read(libc, descriptor);
    boolean byHand = direction.switching() == Switching.RTS;
    if (found != null && byHand) {
      found = found.withDirection(direction);
    }
    int counter = libc.eventCounter();
    applied(counter);
    SerialDescriptor port =
        new SerialDescriptor(
            libc, descriptor, counter, asked.withDirection(direction), uart, byHand);
    String words = AppliedSettings.describe(asked, found);
    return new Opened(port, file, lowLatency ? words + ", low latency" : words);
  }

  private void applied(int result) throws PortException {
    switch (-result) {
      case Errno.ENOTTY ->
          throw new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              device + " is no serial port: name a device such as /dev/ttyUSB0");
      case Errno.EIO ->
          throw new PortException(
              PortFault.MISSING,
              "there is no hardware behind serial port " + device + ": choose another one");
      case Errno.EINVAL ->
          throw new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              "serial port " + device + " does not take " + asked + ": choose other settings");
      default -> {
        if (result < 0) {
          throw refused(-result, device);
        }
      }
    }
  }

  /// Sees to it that somebody turns the pair as asked.
  ///
  /// @return what is done from here: nothing, or RTS
  private LineDirection direction(ModemLines modem, boolean uart) throws PortException {
    LineDirection wanted = asked.direction();
    return switch (wanted.switching()) {
      case NONE -> {
        modem.set(ModemLines.DTR | ModemLines.RTS, true);
        yield wanted;
      }
      case RTS -> byHand(modem, uart);
      case KERNEL -> {
        int result = KernelRs485.ask(libc, descriptor, wanted);
        boolean turned = KernelRs485.inForce(libc, descriptor).switching() == Switching.KERNEL;
        yield turned ? wanted : withoutKernel(modem, uart, result);
      }
    };
  }

  private LineDirection withoutKernel(ModemLines modem, boolean uart, int result)
      throws PortException {
    return switch (asked.direction().whenRefused()) {
      case NONE -> asked.direction().withSwitching(Switching.NONE);
      case RTS -> byHand(modem, uart);
      case FAIL ->
          throw new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              "the driver of serial port %s does not switch RS-485 direction (%s): let RTS or the adapter itself do it, or use a port whose driver does"
                  .formatted(
                      device,
                      result < 0
                          ? Errno.describe(-result)
                          : "it reports success, but reads back as off"));
    };
  }

  private LineDirection byHand(ModemLines modem, boolean uart) throws PortException {
    LineDirection direction = asked.direction().withSwitching(Switching.RTS);
    if (!uart || modem.set(ModemLines.RTS, !direction.rtsHighWhileSending()) < 0) {
      throw new PortException(
          PortFault.UNSUPPORTED_SETTINGS,
          "serial port %s has no RTS to switch RS-485 direction with: choose another port, or an adapter that switches by itself"
              .formatted(device));
    }
    KernelRs485.ask(libc, descriptor, direction);
    if (KernelRs485.inForce(libc, descriptor).switching() == Switching.KERNEL) {
      throw new PortException(
          PortFault.UNSUPPORTED_SETTINGS,
          "the driver of serial port %s keeps switching RS-485 direction itself: ask for direction by kernel"
              .formatted(device));
    }
    modem.set(ModemLines.DTR, true);
    return direction;
  }
}
