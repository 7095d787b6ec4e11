package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;

/// A client on a serial line in virtual time.
abstract class RtuClientBench {
  static final long TIMEOUT = 500_000_000;
  static final long CHARACTER = 572_917;
  static final long SILENCE = 2_005_209;
  static final long TURNAROUND = 100_000_000;
  static final long DRAIN = 50_000_000;
  static final UnitId UNIT = UnitId.of(17);
  static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0x6B, 2));
  static final byte[] ANSWER = Wire.rtu("11 03 04 02 2b 00 64");
  static final Outcome ANSWERED =
      new Outcome.Answered(new Response.Registers(RegisterBlock.of(0x022B, 0x0064)));

  final ClientLog log = new ClientLog();
  final RtuClientSession session =
      new RtuClientSession(RtuClientSettings.of(new RtuTiming(19_200, 11)), log);
  long now = 1_000;

  void timeOut(UnitId unit, Request request) {
    session.offer(unit, request, TIMEOUT, now);
    now = session.deadline();
    session.advance(now);
    assertEquals(new Outcome.Silence(), log.outcomes.getLast());
  }

  void receive(byte[] bytes) {
    session.receive(bytes, 0, bytes.length, now);
  }
}
