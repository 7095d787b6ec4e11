package io.plantbus.hal.serial;

import io.plantbus.hal.LineDirection.WhenRefused;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialSettings;

/// What a failed opening means to a person.
final class OpeningFault {
  /// `EINVAL`: the settings were refused.
  static final int INVALID = 22;

  private OpeningFault() {}

  static PortException missing(String device) {
    return new PortException(
        PortFault.MISSING,
        "there is no serial port "
            + device
            + ": check the cable and the name; ls -l /dev/serial/by-id /dev/ttyS* /dev/ttyAMA* shows what exists");
  }

  static PortException busyHere(String device) {
    return new PortException(
        PortFault.BUSY,
        "serial port "
            + device
            + " is already open in this program: let one line own it, with all its units");
  }

  /// @param then what was to be done in that case, and cannot be
  static PortException noKernelSwitching(String device, WhenRefused then) {
    return new PortException(
        PortFault.UNSUPPORTED_SETTINGS,
        "the driver of serial port %s does not switch RS-485 direction%s: let the adapter itself do it, use a port whose driver does, or Linux's own driver of this program with RTS"
            .formatted(device, then == WhenRefused.RTS ? " and RTS is not offered here" : ""));
  }

  static PortException noHandSwitching(String device) {
    return new PortException(
        PortFault.UNSUPPORTED_SETTINGS,
        "RS-485 direction by RTS on serial port "
            + device
            + " is not offered here: use Linux's own driver of this program, the kernel's switching or an adapter that switches by itself");
  }

  /// @param errno the error number that the vendor kept, of the system it runs on
  static PortException of(int errno, String device, SerialSettings settings) {
    return switch (errno) {
      case 2, 6, 19 -> missing(device);
      case 5 ->
          new PortException(
              PortFault.MISSING,
              "there is no hardware behind serial port " + device + ": choose another one");
      case 1, 13 ->
          new PortException(
              PortFault.PERMISSION_DENIED,
              "no permission to use serial port "
                  + device
                  + ": add the user to the group dialout (sudo usermod -aG dialout $USER) and log in again");
      case 11, 16 ->
          new PortException(
              PortFault.BUSY,
              "serial port "
                  + device
                  + " is held by another program: stop it (sudo fuser -v "
                  + device
                  + " names it)");
      case INVALID ->
          new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              "serial port " + device + " does not take " + settings + ": choose other settings");
      case 25 ->
          new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              device + " is no serial port: name a device such as /dev/ttyUSB0");
      default ->
          new PortException(
              PortFault.FAILED,
              "serial port %s with %s cannot be opened: error %d of the operating system"
                  .formatted(device, settings, errno));
    };
  }
}
