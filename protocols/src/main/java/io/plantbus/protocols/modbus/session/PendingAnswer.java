package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;

/// A place in a TCP server's window: a request until its answer may go out, reused for the next.
final class PendingAnswer {
  private final RequestHead head = new RequestHead();
  private final byte[] adu = new byte[MbapHeader.MAX_ADU_BYTES];
  private int transactionId;
  private int unit;
  private int length;
  private boolean awaited;

  /// Takes the place for the request that was cut last.
  void open(MbapDeframer request) {
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
  }

  void ignore() {
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
