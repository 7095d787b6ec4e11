package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.simulators.bench.UnitServices.FixedFunction;

/// A user-defined function of a simulated unit, whose code stands elsewhere.
///
/// @param requestBytes how many bytes follow the function code, or [FixedFunction#COUNTED]
/// @param response what it answers
record FunctionDocument(int requestBytes, Response response) {
  private static final int MOST_BYTES = 252;
  private static final String COUNTED = "counted";

  static final ObjectType<FunctionDocument> TYPE =
      ObjectType.of(
          "simulated function",
          "A user-defined function that always answers the same.",
          keys -> {
            Key<Integer> request =
                keys.optional(
                    "request",
                    Types.parsed(
                        "a length", "0..252, or " + COUNTED, FunctionDocument::requestBytes),
                    "0",
                    "How many bytes follow the function code of a request, 0..252; `counted` where"
                        + " the first of them tells how many follow it.");
            OptionalKey<ByteBlock> answer =
                keys.optional(
                    "answer",
                    BytesType.atMost(MOST_BYTES),
                    "What follows the function code of its answers.");
            OptionalKey<Integer> refuse =
                keys.optional(
                    "refuse", Types.integer(1, 255), "An exception code instead of an answer.");
            return fields -> {
              ByteBlock bytes = fields.get(answer);
              Integer code = fields.get(refuse);
              if ((bytes == null) == (code == null)) {
                throw new IllegalArgumentException(
                    "a function has either an 'answer' or 'refuse'; write one of the two");
              }
              Response response =
                  bytes != null
                      ? new Response.UserDefined(bytes)
                      : new Response.Refusal(code == null ? 0 : code);
              return new FunctionDocument(fields.get(request), response);
            };
          });

  private static int requestBytes(String text) {
    if (text.equals(COUNTED)) {
      return FixedFunction.COUNTED;
    }
    int bytes = text.matches("[0-9]{1,3}") ? Integer.parseInt(text) : -1;
    if (bytes < 0 || bytes > MOST_BYTES) {
      throw new IllegalArgumentException(
          "'" + text + "' is no length of a request; write 0..252, or " + COUNTED);
    }
    return bytes;
  }

  FixedFunction function(int code) {
    return new FixedFunction(code, requestBytes, response);
  }
}
