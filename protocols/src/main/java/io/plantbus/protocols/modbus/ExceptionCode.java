package io.plantbus.protocols.modbus;

import org.jspecify.annotations.Nullable;

/// Why a server refuses a request, one byte on the wire (AP 7).
public enum ExceptionCode {
  /// The function is not known to, or not allowed on, the server.
  ILLEGAL_FUNCTION(0x01),
  /// An address of the request does not exist.
  ILLEGAL_DATA_ADDRESS(0x02),
  /// A quantity or value of the request's structure is not allowed.
  ILLEGAL_DATA_VALUE(0x03),
  /// The server failed while executing.
  SERVER_DEVICE_FAILURE(0x04),
  /// Accepted and still being worked on: do not send again.
  ACKNOWLEDGE(0x05),
  /// Busy: ask again later.
  SERVER_DEVICE_BUSY(0x06),
  /// The server cannot carry out a programming function; counted by function code 8 (AP 6.8.1).
  NEGATIVE_ACKNOWLEDGE(0x07),
  /// Extended file area failed its consistency check.
  MEMORY_PARITY_ERROR(0x08),
  /// A gateway has no path to the target.
  GATEWAY_PATH_UNAVAILABLE(0x0A),
  /// The target behind a gateway did not answer.
  GATEWAY_TARGET_FAILED_TO_RESPOND(0x0B);

  private final int code;

  ExceptionCode(int code) {
    this.code = code;
  }

  /// The code on the wire, 0x01..0x0B.
  public int code() {
    return code;
  }

  /// The exception with this code, or null if the specification defines none.
  public static @Nullable ExceptionCode of(int code) {
    return switch (code) {
      case 0x01 -> ILLEGAL_FUNCTION;
      case 0x02 -> ILLEGAL_DATA_ADDRESS;
      case 0x03 -> ILLEGAL_DATA_VALUE;
      case 0x04 -> SERVER_DEVICE_FAILURE;
      case 0x05 -> ACKNOWLEDGE;
      case 0x06 -> SERVER_DEVICE_BUSY;
      case 0x07 -> NEGATIVE_ACKNOWLEDGE;
      case 0x08 -> MEMORY_PARITY_ERROR;
      case 0x0A -> GATEWAY_PATH_UNAVAILABLE;
      case 0x0B -> GATEWAY_TARGET_FAILED_TO_RESPOND;
      default -> null;
    };
  }
}
