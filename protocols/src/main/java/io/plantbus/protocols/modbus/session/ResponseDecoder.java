package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ServiceResponseCodec;
import io.plantbus.protocols.modbus.session.Outcome.NoiseReason;
import org.jspecify.annotations.Nullable;

/// Reads a response from its protocol data unit, against the request: the function, the byte count
/// and the echo must be the request's (AP 6).
///
/// The outcomes are reused by the next call and the blocks are views of the bytes. Owned by one
/// thread.
public final class ResponseDecoder {
  private static final byte[] NOTHING = new byte[0];

  private static final Outcome WRITTEN = new Outcome.Answered(Response.Written.INSTANCE);
  private static final Outcome WRONG_FUNCTION = new Outcome.Noise(NoiseReason.WRONG_FUNCTION);
  private static final Outcome WRONG_CONTENT = new Outcome.Noise(NoiseReason.WRONG_CONTENT);

  private final BitBlock bits = BitBlock.view(NOTHING, 0, 0);
  private final RegisterBlock registers = RegisterBlock.view(NOTHING, 0, 0);
  private final Outcome bitsRead = new Outcome.Answered(new Response.Bits(bits));
  private final Outcome registersRead = new Outcome.Answered(new Response.Registers(registers));
  private final @Nullable Outcome[] refused = new @Nullable Outcome[256];

  /// Makes a decoder.
  public ResponseDecoder() {}

  /// Reads one response.
  ///
  /// @param request one that a client may send: of a diagnosis that makes no sense no response is
  ///   known
  /// @param length bytes of the protocol data unit, at least 1
  /// @return [Outcome.Answered], [Outcome.Refused], or [Outcome.Noise] if this is not a response to
  ///   the request
  public Outcome decode(RequestHead request, byte[] pdu, int offset, int length) {
    int function = pdu[offset] & 0xFF;
    if (function == (request.function() | 0x80)) {
      return length == 2 && pdu[offset + 1] != 0 ? refused(pdu[offset + 1] & 0xFF) : WRONG_CONTENT;
    }
    if (function != request.function()) {
      return WRONG_FUNCTION;
    }
    if (!request.isAnsweredWhollyBy(pdu, offset, length)) {
      return WRONG_CONTENT;
    }
    if (request.isRaw()) {
      return new Outcome.Answered(
          new Response.UserDefined(ByteBlock.copyOf(pdu, offset + 1, length - 1)));
    }
    if (request.asksForRegisters()) {
      registers.point(pdu, offset + 2, request.quantity());
      return registersRead;
    }
    if (request.asksForBits()) {
      bits.point(pdu, offset + 2, request.quantity());
      return bitsRead;
    }
    if (request.function() == 8 && !request.hasSubFunction()) {
      return WRONG_CONTENT;
    }
    return request.asksForEcho()
        ? WRITTEN
        : new Outcome.Answered(ServiceResponseCodec.decode(request, pdu, offset, length));
  }

  private Outcome refused(int code) {
    Outcome known = refused[code];
    if (known == null) {
      known = new Outcome.Refused(new Response.Refusal(code));
      refused[code] = known;
    }
    return known;
  }
}
