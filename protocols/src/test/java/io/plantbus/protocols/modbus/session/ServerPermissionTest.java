package io.plantbus.protocols.modbus.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.diagnostics.LineDiagnostics;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Sessions of every framing ask whether a request is allowed before it has any effect.
class ServerPermissionTest {
  private static final String LISTEN_ONLY = "08 00 04 00 00";

  private final LineDiagnostics line = new LineDiagnostics();
  private final ServerServices services = ServerServices.of(line);
  private final List<String> asked = new ArrayList<>();
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ServerEffects forbidding =
      new ServerEffects() {
        @Override
        public void send(byte[] bytes, int offset, int length) {
          sent.write(bytes, offset, length);
        }

        @Override
        public boolean allows(UnitId unit, Request request) {
          asked.add(unit.value() + ":" + request.functionCode());
          return false;
        }

        @Override
        public void requested(long ticket, UnitId unit, Request request, long nowNanos) {
          throw new AssertionError("executed " + request);
        }

        @Override
        public void close() {}
      };

  private String exchange(ServerSession session, byte[] bytes) {
    session.receive(bytes, 0, bytes.length, 0);
    session.advance(1_000_000_000);
    return Wire.hex(sent.toByteArray());
  }

  private ServerSession rtu() {
    return new RtuServerSession(
        RtuServerSettings.overStream(unit -> unit == 1), services, forbidding);
  }

  @ParameterizedTest
  @ValueSource(strings = {LISTEN_ONLY, "08 00 0a 00 00", "0b", "0c", "06 00 01 00 03"})
  void everyFramingRefusesWhatIsNotAllowed(String pdu) {
    int function = Wire.hex(pdu)[0];
    String refusal = "%02x 01".formatted(function | 0x80);
    byte[] mbap = Wire.tcp(7, 1, pdu);
    assertEquals(
        Wire.hex(Wire.tcp(7, 1, refusal)),
        exchange(new UdpServerSession(4, services, forbidding), mbap));
    sent.reset();
    assertEquals(Wire.hex(Wire.rtu("01 " + refusal)), exchange(rtu(), Wire.rtu("01 " + pdu)));
    assertEquals(List.of("1:" + function, "1:" + function), asked);
    assertFalse(line.unit(1).isListenOnly());
  }

  @Test
  void aBroadcastThatIsNotAllowedIsObeyedByNobody() {
    line.unit(1);
    assertEquals("", exchange(rtu(), Wire.rtu("00 " + LISTEN_ONLY)));
    assertEquals("", exchange(rtu(), Wire.rtu("00 " + "06 00 01 00 03")));
    assertEquals(List.of("0:8", "0:6"), asked);
    assertFalse(line.unit(1).isListenOnly());
  }
}
