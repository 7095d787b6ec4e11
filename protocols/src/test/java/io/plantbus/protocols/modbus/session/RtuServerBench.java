package io.plantbus.protocols.modbus.session;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.RtuTiming;

/// A server of unit 17 on a serial line in virtual time.
abstract class RtuServerBench {
  static final long CHARACTER = 572_917;
  static final long SILENCE = 2_005_209;
  static final long RESYNC = 20_000_000;
  static final byte[] WRITE = Wire.rtu("11 06 00 01 00 03");
  static final String WRITTEN = Wire.hex(WRITE);

  final ServerLog log = new ServerLog();
  final RtuServerSettings settings =
      RtuServerSettings.of(new RtuTiming(19_200, 11), unit -> unit == 17 || unit >= 247);
  RtuServerSession session = serving(settings);
  long now = -1_000_000_000;

  RtuServerSession serving(RtuServerSettings served) {
    RtuServerSession made = new RtuServerSession(served, log);
    log.executor = (ticket, request) -> made.answer(ticket, okay(request), now);
    return made;
  }

  static Response okay(Request request) {
    return switch (request) {
      case Request.Read read ->
          new Response.Registers(RegisterBlock.of(new int[read.range().count()]));
      case Request.ReadWriteMultipleRegisters both ->
          new Response.Registers(RegisterBlock.of(new int[both.read().count()]));
      case Request.WriteSingleCoil _,
          Request.WriteSingleRegister _,
          Request.WriteMultipleCoils _,
          Request.WriteMultipleRegisters _,
          Request.MaskWriteRegister _,
          Request.WriteFileRecord _ ->
          Response.Written.INSTANCE;
      case Request.UserDefined(_, var data) -> new Response.UserDefined(data);
      case Request.Service _ -> Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION);
    };
  }

  /// One burst, then silence.
  String exchange(byte[] bytes) {
    receive(bytes);
    now += RESYNC;
    session.advance(now);
    now += SILENCE;
    session.advance(now);
    return sent();
  }

  void receive(byte[] bytes) {
    session.receive(bytes, 0, bytes.length, now);
  }

  String sent() {
    String text = Wire.hex(log.sent.toByteArray());
    log.sent.reset();
    return text;
  }
}
