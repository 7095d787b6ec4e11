package io.plantbus.app.device;

/// The functions of the specification by name (AP 5.1).
public final class FunctionName {
  private FunctionName() {}

  /// Such as `read holding registers`.
  ///
  /// @param code 1..127
  public static String of(int code) {
    return switch (code) {
      case 1 -> "read coils";
      case 2 -> "read discrete inputs";
      case 3 -> "read holding registers";
      case 4 -> "read input registers";
      case 5 -> "write single coil";
      case 6 -> "write single register";
      case 7 -> "read exception status";
      case 8 -> "diagnostics";
      case 11 -> "get comm event counter";
      case 12 -> "get comm event log";
      case 15 -> "write multiple coils";
      case 16 -> "write multiple registers";
      case 17 -> "report server id";
      case 20 -> "read file record";
      case 21 -> "write file record";
      case 22 -> "mask write register";
      case 23 -> "read/write multiple registers";
      case 24 -> "read FIFO queue";
      case 43 -> "encapsulated interface transport";
      default -> "of the device's maker";
    };
  }
}
