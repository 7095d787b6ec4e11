package io.plantbus.hal.pi4j;

import com.pi4j.io.exception.IOAlreadyExistsException;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the exceptions of Pi4J mean. Pi4J wraps the system's error in one or two exceptions of its
/// own, and only the text tells which error it was.
final class Pi4jFault {
  /// The system's texts for the error numbers that I2C adapters give; none holds another. That of
  /// 19 is part of that of 6, so it is looked for last.
  private static final Map<String, Integer> ERRNO_BY_TEXT =
      Map.of(
          "no such device or address", 6,
          "remote i/o error", 121,
          "resource temporarily unavailable", 11,
          "timer expired", 62,
          "connection timed out", 110,
          "input/output error", 5,
          "protocol error", 71);

  private static final Pattern NUMBER =
      Pattern.compile("\\b(?:errno|error code|error|code)\\b\\W{0,3}(\\d{1,3})\\b");

  private Pi4jFault() {}

  /// The outcome that a failed transfer stands for.
  ///
  /// @throws PortException if it does not stand for one
  static I2cOutcome outcome(String name, I2cAddress address, RuntimeException failure)
      throws PortException {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = text(cause);
      I2cOutcome outcome = outcome(errno(text));
      if (outcome != null) {
        return outcome;
      }
      if (text.contains("closed") || text.contains("bad file descriptor")) {
        throw new PortException(
            PortFault.LOST, name + " is gone: Pi4J has closed it; open it again", failure);
      }
      if (text.contains("resource busy")) {
        throw new PortException(
            PortFault.BUSY,
            "%s: a driver of the kernel holds the device at %s; unload that driver"
                .formatted(name, address),
            failure);
      }
    }
    throw new PortException(
        PortFault.FAILED,
        "%s: Pi4J failed on the device at %s (%s)".formatted(name, address, innermost(failure)),
        failure);
  }

  /// Why Pi4J did not open a device.
  static PortException opening(String name, RuntimeException failure) {
    if (failure instanceof IOAlreadyExistsException) {
      return new PortException(
          PortFault.BUSY,
          name + " is open already in this Pi4J context; close it there first",
          failure);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = text(cause);
      if (text.contains("does not exist") || text.contains("no such file")) {
        return new PortException(
            PortFault.MISSING,
            name
                + " does not exist; enable I2C (raspi-config, Interface Options) and check the number",
            failure);
      }
      if (text.contains("permission denied")
          || text.contains("not readable")
          || text.contains("not writable")) {
        return new PortException(
            PortFault.PERMISSION_DENIED,
            name + " may not be used by this user; add the user to the group i2c and log in again",
            failure);
      }
    }
    return new PortException(
        PortFault.FAILED, "%s: Pi4J failed (%s)".formatted(name, innermost(failure)), failure);
  }

  private static @Nullable I2cOutcome outcome(int errno) {
    return switch (errno) {
      case 6, 19, 121 -> I2cOutcome.NOT_ACKNOWLEDGED;
      case 11 -> I2cOutcome.ARBITRATION_LOST;
      case 62, 110 -> I2cOutcome.TIMED_OUT;
      case 5, 71 -> I2cOutcome.BUS_FAULT;
      default -> null;
    };
  }

  /// The error number in a text, or 0.
  private static int errno(String text) {
    for (Map.Entry<String, Integer> known : ERRNO_BY_TEXT.entrySet()) {
      if (text.contains(known.getKey())) {
        return known.getValue();
      }
    }
    if (text.contains("no such device")) {
      return 19;
    }
    Matcher number = NUMBER.matcher(text);
    return number.find() ? Integer.parseInt(number.group(1)) : 0;
  }

  private static String text(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? "" : message.toLowerCase(Locale.ROOT);
  }

  private static String innermost(Throwable failure) {
    Throwable innermost = failure;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    String message = innermost.getMessage();
    return message == null ? innermost.getClass().getSimpleName() : message;
  }
}
