package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import io.plantbus.protocols.modbus.diagnostics.UnitDiagnostics;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// What a server session knows besides the requests that it hands out, and answers by itself:
/// function codes 8, 11 and 12, for it is the session that sees the wire.
///
/// The specification calls 7, 8, 11, 12 and 17 functions of serial lines (AP 6.7 to 6.10, 6.13).
/// Clients use some of them over TCP all the same, so they are served there unless that is turned
/// off. Listen-only mode over TCP concerns the unit on all connections of its server.
///
/// @param functions user-defined ones
/// @param diagnostics the line's; the sessions of one TCP server share one
/// @param serialLineFunctions whether functions 7, 8, 11, 12 and 17 are known over TCP; refused
///   with 01 if not
/// @param diagnosed for which unit ids a TCP session keeps diagnostics, asked with 0..255; a serial
///   session does for all that it serves
public record ServerServices(
    UserFunctions functions,
    LineDiagnostics diagnostics,
    boolean serialLineFunctions,
    IntPredicate diagnosed) {

  /// No user-defined functions; the functions of serial lines for every unit.
  public static ServerServices of(LineDiagnostics diagnostics) {
    return new ServerServices(UserFunctions.NONE, diagnostics, true, _ -> true);
  }

  /// The same with other user-defined functions.
  public ServerServices withFunctions(UserFunctions known) {
    return new ServerServices(known, diagnostics, serialLineFunctions, diagnosed);
  }

  /// The same with or without the functions of serial lines over TCP.
  public ServerServices withSerialLineFunctions(boolean known) {
    return new ServerServices(functions, diagnostics, known, diagnosed);
  }

  /// The same with diagnostics of other units over TCP.
  public ServerServices withDiagnosed(IntPredicate units) {
    return new ServerServices(functions, diagnostics, serialLineFunctions, units);
  }

  /// Reads a request that came over TCP.
  Decoded decodeTcp(byte[] pdu, int offset, int length) {
    return !serialLineFunctions && isOfSerialLines(pdu[offset])
        ? new Decoded.Malformed(ExceptionCode.ILLEGAL_FUNCTION)
        : RequestDecoder.decode(functions, pdu, offset, length);
  }

  /// What was decoded, or a refusal with 01 in its place if its client may not ask for it.
  static Decoded permitted(ServerEffects effects, UnitId unit, Decoded decoded) {
    return decoded instanceof Decoded.WellFormed(Request request) && !effects.allows(unit, request)
        ? new Decoded.Malformed(ExceptionCode.ILLEGAL_FUNCTION)
        : decoded;
  }

  /// The diagnostics of a unit over TCP, or null if it has none.
  @Nullable UnitDiagnostics diagnosticsTcp(int unit) {
    return diagnosed.test(unit) ? diagnostics.unit(unit) : null;
  }

  private static boolean isOfSerialLines(int function) {
    return switch (function) {
      case 7, 8, 11, 12, 17 -> true;
      default -> false;
    };
  }
}
