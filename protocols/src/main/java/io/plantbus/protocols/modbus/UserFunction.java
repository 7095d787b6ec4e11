package io.plantbus.protocols.modbus;

/// A function that is not the specification's, as both sides must know it: codes 65..72 and
/// 100..110 are meant for that (AP 5), any other that is free here is taken too.
///
/// @param code 1..127, none of the specification's
/// @param request how long requests are
/// @param response how long ordinary responses are
public record UserFunction(int code, PduLength request, PduLength response) {
  public UserFunction {
    requireFree(code);
  }

  /// Whether the specification gives this code a meaning that is known here.
  public static boolean isAssigned(int code) {
    return switch (code) {
      case 1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 15, 16, 17, 20, 21, 22, 23, 24, 43 -> true;
      default -> false;
    };
  }

  static void requireFree(int code) {
    if (code < 1 || code > 127 || isAssigned(code)) {
      throw new IllegalArgumentException(
          "a user-defined function code must be 1..127 and not a standard one's, was " + code);
    }
  }
}
