package io.plantbus.hal.linux;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;

/// The error numbers of Linux that something here depends on (asm-generic), and what they mean to a
/// person.
final class Errno {
  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int EIO = 5;
  static final int ENXIO = 6;
  static final int EAGAIN = 11;
  static final int EACCES = 13;
  static final int EBUSY = 16;
  static final int ENODEV = 19;
  static final int EINVAL = 22;
  static final int ENOTTY = 25;
  static final int EOPNOTSUPP = 95;
  static final int ESHUTDOWN = 108;
  static final int ETIMEDOUT = 110;
  static final int EREMOTEIO = 121;

  private Errno() {}

  /// A failure to open a device file as the fault that it is.
  ///
  /// @param errno the error number, positive
  /// @param what what was to be opened, such as `I2C bus /dev/i2c-1`
  /// @param enable what to do where there is no such device
  /// @param group the group that may use such devices
  static PortException opening(int errno, String what, String enable, String group) {
    return switch (errno) {
      case ENOENT, ENXIO, ENODEV ->
          new PortException(PortFault.MISSING, "there is no " + what + ": " + enable);
      case EACCES, EPERM ->
          new PortException(
              PortFault.PERMISSION_DENIED,
              "no permission to use %s: add the user to the group %s (sudo usermod -aG %s $USER) and log in again"
                  .formatted(what, group, group));
      case EBUSY ->
          new PortException(
              PortFault.BUSY, what + " is in use by another program: stop that program");
      default ->
          new PortException(PortFault.FAILED, "cannot open " + what + ": " + describe(errno));
    };
  }

  /// The number with its name where it is one that is known here.
  static String describe(int errno) {
    return switch (errno) {
      case EIO -> "input/output error (errno 5)";
      case ENXIO -> "no such device or address (errno 6)";
      case EBUSY -> "device busy (errno 16)";
      case ENODEV -> "no such device (errno 19)";
      case EINVAL -> "not supported by the driver (errno 22)";
      case ENOTTY -> "not a device of this kind (errno 25)";
      default -> "errno " + errno;
    };
  }
}
