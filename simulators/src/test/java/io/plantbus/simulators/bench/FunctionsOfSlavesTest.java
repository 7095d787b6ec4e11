package io.plantbus.simulators.bench;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.PduLength;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.protocols.modbus.UserFunctions;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.bench.document.BenchDocument;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a bench file makes slaves answer besides their tables, on a serial line and in datagrams.
class FunctionsOfSlavesTest {
  private static final UserFunctions USER =
      UserFunctions.of(
          new UserFunction(65, PduLength.fixed(3), PduLength.fixed(4)),
          new UserFunction(66, PduLength.byteCountAt(1), PduLength.fixed(1)));
  private static final String UNITS =
      """
      units:
        1:
          tables: {}
          identity:
            vendor: Acme
            product: A1
            revision: "2.3"
            model: [0x4D, 0xFC]
            objects: { 0x80: extra }
          server-id: { id: 17, running: false, data: hello }
          exception-status: 0xA5
          files: { 4: { records: 10, values: [7, -1] }, 5: { values: [9] } }
          queues: { 100: [1, 2, 3], 200: [] }
          functions:
            65: { request: 2, answer: [1, 2, 3] }
            66: { request: counted, refuse: 4 }
        2: { profile: pump-drive }
        3: { profile: pump-drive, identity: { vendor: X, product: Y, revision: Z } }
      """;

  private final BusSimulation simulation = new BusSimulation(11);
  private final VirtualPorts ports = new VirtualPorts(simulation);
  private TestMaster serial;
  private TestMaster udp;

  @BeforeEach
  void serve() throws PortException {
    String file =
        "lines:\n  pair:\n    type: serial\n"
            + UNITS.indent(4)
            + "  net:\n    type: udp\n    port: 502\n"
            + UNITS.indent(4);
    Bench bench =
        new DocumentReader(_ -> null)
            .parse("bench.yaml", file, BenchDocument.type(ProfileCatalogue.builtIn()))
            .valueOrThrow();
    RunningBench running = RunningBench.start(bench, simulation, ports);
    serial =
        TestMaster.serial(
            simulation,
            ports.pair("pair").opener("master", SerialSettings.MODBUS_DEFAULT).open(),
            SerialSettings.MODBUS_DEFAULT,
            USER);
    udp =
        TestMaster.udp(
            simulation,
            ports.datagrams().opener(simulation, "localhost", running.udpPort("net")).open());
  }

  private void answers(Response expected, Request request) {
    answers(1, new Outcome.Answered(expected), request);
  }

  private void refuses(ExceptionCode code, Request request) {
    answers(1, new Outcome.Refused(Response.Refusal.of(code)), request);
  }

  private void answers(int unit, Outcome expected, Request request) {
    assertEquals(expected, serial.ask(unit, request));
    assertEquals(expected, udp.ask(unit, request));
  }

  @Test
  void anIdentityIsReadObjectByObjectAndAsAStream() {
    Request.ReadDeviceIdentification everything = new Request.ReadDeviceIdentification(3, 0);
    List<DeviceObject> objects =
        List.of(
            DeviceObject.of(0, "Acme"),
            DeviceObject.of(1, "A1"),
            DeviceObject.of(2, "2.3"),
            new DeviceObject(5, ByteBlock.of(0x4D, 0xFC)),
            DeviceObject.of(0x80, "extra"));
    answers(new Response.DeviceIdentification(3, 0x83, false, 0, objects), everything);
    refuses(ExceptionCode.ILLEGAL_DATA_ADDRESS, new Request.ReadDeviceIdentification(4, 3));
  }

  @Test
  void aSlaveOfAProfileHasTheIdentityOfItsProfileUnlessAnotherIsWritten() {
    assertEquals(
        requireNonNull(ProfileCatalogue.builtIn().find("pump-drive")).manufacturer(), vendor(2));
    assertEquals("X", vendor(3));
  }

  private String vendor(int unit) {
    return switch (udp.ask(unit, new Request.ReadDeviceIdentification(1, 0))) {
      case Outcome.Answered(Response.DeviceIdentification known) ->
          known.objects().getFirst().text();
      case Outcome other -> other.toString();
    };
  }

  @Test
  void serverIdAndExceptionStatusAreWhatIsWritten() {
    answers(
        Response.ServerId.of(ByteBlock.of(17), false, ByteBlock.of('h', 'e', 'l', 'l', 'o')),
        new Request.ReportServerId());
    answers(new Response.ExceptionStatus(0xA5), new Request.ReadExceptionStatus());
    answers(
        2,
        new Outcome.Refused(Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION)),
        new Request.ReadExceptionStatus());
  }

  @Test
  void filesAreReadAndWrittenWithinTheirRecords() {
    answers(
        new Response.FileRecords(List.of(RegisterBlock.of(7, 0xFFFF, 0), RegisterBlock.of(9))),
        new Request.ReadFileRecord(List.of(new FileSpan(4, 0, 3), new FileSpan(5, 0, 1))));
    answers(
        Response.Written.INSTANCE,
        new Request.WriteFileRecord(List.of(new FileRecord(4, 9, RegisterBlock.of(42)))));
    answers(
        new Response.FileRecords(List.of(RegisterBlock.of(42))),
        new Request.ReadFileRecord(List.of(new FileSpan(4, 9, 1))));
    refuses(
        ExceptionCode.ILLEGAL_DATA_ADDRESS,
        new Request.ReadFileRecord(List.of(new FileSpan(4, 9, 2))));
  }

  @Test
  void queuesAreReadWithoutBeingEmptied() {
    for (int time = 0; time < 2; time++) {
      answers(new Response.FifoQueue(RegisterBlock.of(1, 2, 3)), new Request.ReadFifoQueue(100));
    }
    answers(new Response.FifoQueue(RegisterBlock.of()), new Request.ReadFifoQueue(200));
    refuses(ExceptionCode.ILLEGAL_DATA_ADDRESS, new Request.ReadFifoQueue(101));
  }

  @Test
  void userDefinedFunctionsAnswerWhatIsWritten() {
    answers(
        new Response.UserDefined(ByteBlock.of(1, 2, 3)),
        new Request.UserDefined(65, ByteBlock.of(8, 9)));
    refuses(
        ExceptionCode.SERVER_DEVICE_FAILURE, new Request.UserDefined(66, ByteBlock.of(2, 8, 9)));
    answers(
        2,
        new Outcome.Refused(Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION)),
        new Request.UserDefined(65, ByteBlock.of(8, 9)));
    refuses(
        ExceptionCode.ILLEGAL_DATA_ADDRESS,
        new Request.Read(DataTable.COILS, new AddressRange(0, 1)));
  }
}
