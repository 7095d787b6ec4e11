package io.plantbus.master.account;

import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;

/// The lengths of a request and of its answer as asked, from the request alone; used again and
/// again. Owned by one thread.
final class Exchange {
  /// Of an answer that refuses: function and exception code (AP 7).
  static final int REFUSAL_PDU_BYTES = 2;

  /// Parts of a request, for sums of fractions.
  static final long WHOLE_REQUEST = 1_000_000;

  /// Of the request's protocol data unit (AP 4.1).
  int requestBytes;

  /// Of the protocol data unit of the answer.
  int answerBytes;

  /// Registers and bits in both.
  int dataBytes;

  /// Whether the request itself carries some of the data.
  boolean writes;

  /// What the data would take of the longest request that the device allows, in millionths; a
  /// request that is no read counts whole.
  long idealParts;

  /// Takes the measure of a request. Services other than the four tables have no known lengths and
  /// count as empty.
  void measure(Request request, RequestLimits limits) {
    writes = true;
    idealParts = WHOLE_REQUEST;
    switch (request) {
      case Request.Read(DataTable table, var range) -> read(table, range.count(), limits);
      case Request.WriteSingleCoil _, Request.WriteSingleRegister _ -> set(5, 5, 2);
      case Request.WriteMultipleCoils(_, var bits) -> {
        int data = BitBlock.bytesFor(bits.count());
        set(6 + data, 5, data);
      }
      case Request.WriteMultipleRegisters(_, var registers) ->
          set(6 + 2 * registers.count(), 5, 2 * registers.count());
      case Request.MaskWriteRegister _ -> set(7, 7, 4);
      case Request.ReadWriteMultipleRegisters(var range, _, var registers) -> {
        int down = 2 * registers.count();
        int up = 2 * range.count();
        set(10 + down, 2 + up, down + up);
      }
      case Request.Service _ -> set(0, 0, 0);
    }
  }

  private void read(DataTable table, int count, RequestLimits limits) {
    int data = bytes(table, count);
    set(5, 2 + data, data);
    writes = false;
    int most = bytes(table, table.isBits() ? limits.maxReadBits() : limits.maxReadRegisters());
    idealParts = Math.min(WHOLE_REQUEST, WHOLE_REQUEST * data / most);
  }

  private static int bytes(DataTable table, int count) {
    return table.isBits() ? BitBlock.bytesFor(count) : 2 * count;
  }

  private void set(int request, int answer, int data) {
    requestBytes = request;
    answerBytes = answer;
    dataBytes = data;
  }

  /// The device refused: an exception came, and no data went anywhere.
  void refused() {
    answerBytes = REFUSAL_PDU_BYTES;
    dataBytes = 0;
    idealParts = 0;
  }

  /// It was a broadcast, which nobody answers.
  void unanswered() {
    answerBytes = 0;
  }
}
