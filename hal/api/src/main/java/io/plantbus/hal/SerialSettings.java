package io.plantbus.hal;

import io.plantbus.hal.LineDirection.Switching;
import java.util.Locale;

/// The electrical and framing settings of a serial line.
///
/// @param baud bits per second, 50..4,000,000
/// @param dataBits 5..8; Modbus RTU needs 8
/// @param parity the parity bit
/// @param stopBits 1 or 2
/// @param direction how the driver of a two-wire pair is turned between listening and sending
public record SerialSettings(
    int baud, int dataBits, Parity parity, int stopBits, LineDirection direction) {
  /// The default of Modbus over Serial Line V1.02, 2.5.1: 19200 8E1.
  public static final SerialSettings MODBUS_DEFAULT =
      new SerialSettings(19_200, 8, Parity.EVEN, 1, LineDirection.NONE);

  /// The parity bit of a character.
  public enum Parity {
    /// No parity bit.
    NONE,
    /// The number of ones, parity bit included, is even.
    EVEN,
    /// The number of ones, parity bit included, is odd.
    ODD
  }

  public SerialSettings {
    if (baud < 50 || baud > 4_000_000) {
      throw new IllegalArgumentException("baud must be 50..4000000, was " + baud);
    }
    if (dataBits < 5 || dataBits > 8) {
      throw new IllegalArgumentException("data bits must be 5..8, was " + dataBits);
    }
    if (stopBits < 1 || stopBits > 2) {
      throw new IllegalArgumentException("stop bits must be 1 or 2, was " + stopBits);
    }
  }

  /// Reads the usual short form, such as `8E1`, `8N2`, `7O1`.
  ///
  /// @throws IllegalArgumentException if `format` is not data bits, one of N, E, O, and stop bits
  public static SerialSettings of(int baud, String format) {
    String form = format.trim().toUpperCase(Locale.ROOT);
    if (!form.matches("[5-8][NEO][12]")) {
      throw new IllegalArgumentException(
          "serial format must be data bits, parity and stop bits such as 8E1 or 8N2, was '"
              + format
              + "'");
    }
    Parity parity =
        switch (form.charAt(1)) {
          case 'N' -> Parity.NONE;
          case 'E' -> Parity.EVEN;
          default -> Parity.ODD;
        };
    return new SerialSettings(
        baud, form.charAt(0) - '0', parity, form.charAt(2) - '0', LineDirection.NONE);
  }

  /// The same settings with [LineDirection#KERNEL], or without any direction.
  public SerialSettings withRs485(boolean enabled) {
    return withDirection(enabled ? LineDirection.KERNEL : LineDirection.NONE);
  }

  /// The same settings, the pair's driver turned in another way.
  public SerialSettings withDirection(LineDirection other) {
    return new SerialSettings(baud, dataBits, parity, stopBits, other);
  }

  /// Whether the kernel is asked to turn the pair's driver.
  public boolean rs485() {
    return direction.switching() == Switching.KERNEL;
  }

  /// A port with these settings as a user would write it, such as
  /// `rtu:/dev/ttyUSB0?baud=19200&format=8E1&rs485=true`.
  ///
  /// @param device device file or name of the port
  public String endpoint(String device) {
    String turned =
        switch (direction.switching()) {
          case NONE -> "";
          case KERNEL -> "&rs485=true";
          case RTS -> "&rs485=rts";
        };
    return "rtu:" + device + "?baud=" + baud + "&format=" + format() + turned;
  }

  /// The short form of the character format, such as `8E1`.
  public String format() {
    return "" + dataBits + parity.name().charAt(0) + stopBits;
  }

  /// Bits that one character takes on the wire, start bit included: 7..12.
  public int bitsPerCharacter() {
    return 1 + dataBits + (parity == Parity.NONE ? 0 : 1) + stopBits;
  }

  /// Time of one character on the wire in nanoseconds, rounded up.
  public long characterNanos() {
    return (bitsPerCharacter() * 1_000_000_000L + baud - 1) / baud;
  }

  @Override
  public String toString() {
    String turned =
        switch (direction.switching()) {
          case NONE -> "";
          case KERNEL -> " RS-485";
          case RTS -> " RS-485 by RTS";
        };
    return baud + " " + format() + turned;
  }
}
