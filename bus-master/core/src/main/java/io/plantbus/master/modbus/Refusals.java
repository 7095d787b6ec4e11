package io.plantbus.master.modbus;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a device's exception says about its reads, and to a person.
enum Refusals {
  /// This request will be refused whenever it is asked: the profile does not fit the device.
  MISFIT,
  /// The span holds an address that the device does not have: a part of it may be answered.
  MISFIT_IN_PARTS,
  /// Not now.
  LATER,
  /// A gateway answers for a device that does not.
  UNREACHABLE,
  /// The device failed.
  FAILED;

  static Refusals of(Response.Refusal refusal) {
    ExceptionCode code = ExceptionCode.of(refusal.code());
    if (code == null) {
      return FAILED;
    }
    return switch (code) {
      case ILLEGAL_FUNCTION -> MISFIT;
      case ILLEGAL_DATA_ADDRESS, ILLEGAL_DATA_VALUE -> MISFIT_IN_PARTS;
      case ACKNOWLEDGE, SERVER_DEVICE_BUSY -> LATER;
      case GATEWAY_PATH_UNAVAILABLE, GATEWAY_TARGET_FAILED_TO_RESPOND -> UNREACHABLE;
      case SERVER_DEVICE_FAILURE, NEGATIVE_ACKNOWLEDGE, MEMORY_PARITY_ERROR -> FAILED;
    };
  }

  /// Such as `exception 02 (illegal data address)`.
  static String text(Response.Refusal refusal) {
    @Nullable ExceptionCode code = ExceptionCode.of(refusal.code());
    String meaning =
        code == null
            ? "of the manufacturer"
            : code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    return "exception %02x (%s)".formatted(refusal.code(), meaning);
  }
}
