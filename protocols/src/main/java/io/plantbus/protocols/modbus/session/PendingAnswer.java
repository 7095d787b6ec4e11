package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.diagnostics.UnitDiagnostics;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import org.jspecify.annotations.Nullable;

/// A place in a TCP server's window: a request until its answer may go out, reused for the next.
final class PendingAnswer {
  private final RequestHead head;
  private final byte[] adu = new byte[MbapHeader.MAX_ADU_BYTES];
  private int transactionId;
  private int unit;
  private int length;
  private boolean awaited;
  private @Nullable UnitDiagnostics asked;

  PendingAnswer(UserFunctions functions) {
    head = new RequestHead(functions);
  }

  /// Takes the place for the request that was cut last.
  ///
  /// @param unitAsked the diagnostics that hear of the answer, or null
  void open(MbapDeframer request, @Nullable UnitDiagnostics unitAsked) {
    asked = unitAsked;
    transactionId = request.transactionId();
    unit = request.unit();
    head.set(request.bytes(), MbapHeader.BYTES, request.pduLength());
    length = 0;
    awaited = true;
  }

  /// Whether nobody has answered yet.
  boolean isAwaited() {
    return awaited;
  }

  void answer(Response response) {
    int pduLength = ResponseEncoder.encode(head, response, adu, MbapHeader.BYTES);
    length = MbapHeader.write(adu, 0, transactionId, unit, pduLength);
    awaited = false;
    if (asked != null) {
      asked.answered(response);
    }
  }

  void ignore() {
    silence();
    if (asked != null) {
      asked.unanswered();
    }
  }

  /// Ends without an answer, which the diagnostics know already.
  void silence() {
    awaited = false;
  }

  /// Bytes of the answer; 0 if there is none.
  int length() {
    return length;
  }

  byte[] bytes() {
    return adu;
  }
}
