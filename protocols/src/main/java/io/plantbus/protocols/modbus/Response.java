package io.plantbus.protocols.modbus;

/// What a server answers: one protocol data unit, at most 253 bytes on the wire (AP 4.1).
public sealed interface Response {
  /// The answer to reading coils or discrete inputs.
  ///
  /// @param bits as many as were asked for
  record Bits(BitBlock bits) implements Response {}

  /// The answer to reading registers, function code 23 included.
  ///
  /// @param registers as many as were asked for
  record Registers(RegisterBlock registers) implements Response {}

  /// A write was executed: the echo, or the address and quantity, of the request (function codes 5,
  /// 6, 15, 16, 22).
  record Written() implements Response {
    /// The only instance that is needed.
    public static final Written INSTANCE = new Written();
  }

  /// The server refuses (AP 7).
  ///
  /// @param code the exception code on the wire, 1..255; see [ExceptionCode#of(int)]
  record Refusal(int code) implements Response {
    public Refusal {
      if (code < 1 || code > 255) {
        throw new IllegalArgumentException("an exception code must be 1..255, was " + code);
      }
    }

    /// A refusal that the specification defines.
    public static Refusal of(ExceptionCode code) {
      return new Refusal(code.code());
    }
  }
}
