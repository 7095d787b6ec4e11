package io.plantbus.app.device;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;

/// What became of a request, in words for a person: what happened and what to check.
public final class OutcomeText {
  private OutcomeText() {}

  /// One word for scripts: `answered`, `refused`, `silence`, `noise`, `aborted` or `broadcast`.
  public static String word(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _ -> "answered";
      case Outcome.Refused _ -> "refused";
      case Outcome.Silence _ -> "silence";
      case Outcome.Noise _ -> "noise";
      case Outcome.Aborted _ -> "aborted";
      case Outcome.Broadcast _ -> "broadcast";
    };
  }

  /// What happened and what to check.
  ///
  /// @param who the unit asked, such as `unit 17`
  /// @param timeout how long it was waited for, such as `1s`
  /// @param serial the settings of a serial line; empty for TCP
  public static String sentence(Outcome outcome, String who, String timeout, String serial) {
    return switch (outcome) {
      case Outcome.Answered _ -> who + " answered";
      case Outcome.Refused(Response.Refusal refusal) -> who + " refused: " + words(refusal);
      case Outcome.Silence _ ->
          who
              + " did not answer within "
              + timeout
              + "; "
              + (serial.isEmpty()
                  ? "check the unit id, and --timeout if the device is slow"
                  : "check the unit id, the wiring, and that the device uses " + serial + " too");
      case Outcome.Noise(Outcome.NoiseReason reason) ->
          "no valid answer of " + who + " within " + timeout + ": " + words(reason, serial);
      case Outcome.Aborted _ -> "the connection was lost before " + who + " answered";
      case Outcome.Broadcast _ -> "sent to every device on the line; nobody answers a broadcast";
    };
  }

  /// An exception code with its name and its usual cause.
  public static String words(Response.Refusal refusal) {
    ExceptionCode code = ExceptionCode.of(refusal.code());
    String number = "exception %02X".formatted(refusal.code());
    if (code == null) {
      return number + ", which the specification does not define; see the device's manual";
    }
    return number
        + ", "
        + switch (code) {
          case ILLEGAL_FUNCTION ->
              "illegal function; it does not know this function, or not for this table";
          case ILLEGAL_DATA_ADDRESS ->
              "illegal data address; check the address and whether it counts from 0 or 1";
          case ILLEGAL_DATA_VALUE ->
              "illegal data value; it takes other values, or fewer in one request";
          case SERVER_DEVICE_FAILURE -> "server device failure; it failed while doing it";
          case ACKNOWLEDGE -> "acknowledge; it accepted and is still at work, do not send again";
          case SERVER_DEVICE_BUSY -> "server device busy; ask again later";
          case NEGATIVE_ACKNOWLEDGE -> "negative acknowledge";
          case MEMORY_PARITY_ERROR -> "memory parity error";
          case GATEWAY_PATH_UNAVAILABLE ->
              "gateway path unavailable; the gateway does not know this unit id";
          case GATEWAY_TARGET_FAILED_TO_RESPOND ->
              "gateway target failed to respond; the device behind the gateway is silent";
        };
  }

  /// Whether a gateway says that there is nobody behind it (AP 7).
  public static boolean isOfGateway(Response.Refusal refusal) {
    ExceptionCode code = ExceptionCode.of(refusal.code());
    return code == ExceptionCode.GATEWAY_PATH_UNAVAILABLE
        || code == ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND;
  }

  /// What became of a request for something that a device may well not have, as few words as
  /// possible, such as `not supported (exception 01)`.
  public static String brief(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _ -> "answered";
      case Outcome.Refused(Response.Refusal(int code)) when code >= 1 && code <= 3 ->
          "not supported (exception %02X)".formatted(code);
      case Outcome.Refused(Response.Refusal refusal) -> "refused: " + words(refusal);
      case Outcome.Silence _ -> "no answer";
      case Outcome.Noise(Outcome.NoiseReason reason) -> "no valid answer: " + brief(reason);
      case Outcome.Aborted _ -> "the connection was lost";
      case Outcome.Broadcast _ -> "sent to all";
    };
  }

  private static String brief(Outcome.NoiseReason reason) {
    return switch (reason) {
      case GARBAGE -> "bytes that make no frame";
      case TRUNCATED -> "a frame that ended before its length";
      case CHECKSUM -> "a wrong checksum";
      case WRONG_UNIT -> "of another unit";
      case WRONG_FUNCTION -> "to another request";
      case WRONG_CONTENT -> "its content does not fit the request";
    };
  }

  private static String words(Outcome.NoiseReason reason, String serial) {
    String line =
        serial.isEmpty()
            ? "something else than Modbus TCP may be listening there"
            : "the device may use another baud rate or parity than "
                + serial
                + ", or the line is disturbed";
    return switch (reason) {
      case GARBAGE -> "bytes came that make no frame; " + line;
      case TRUNCATED -> "a frame ended before its length; " + line;
      case CHECKSUM -> "the checksum did not match; " + line;
      case WRONG_UNIT -> "another unit answered; two masters or a gateway may be on the line";
      case WRONG_FUNCTION -> "an answer to another request came; another master may be on the line";
      case WRONG_CONTENT -> "the answer does not belong to the request; " + line;
    };
  }
}
