package io.plantbus.app.wiring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A simulated pair in real time behind a pseudo terminal, as somebody's master meets it.
@Timeout(60)
class PacedWireTest {
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 2));
  private static final Outcome ANSWER =
      new Outcome.Answered(new Response.Registers(RegisterBlock.of(4711, 12)));

  @TempDir private Path folder = Path.of("");
  private final Adapters adapters = new Adapters(NanoClock.system());
  private ServedBench served;

  @BeforeEach
  void serve() throws Exception {
    Path file = folder.resolve("bench.yaml");
    Files.writeString(
        file,
        """
        lines:
          pair:
            type: serial
            link: %s
            baud: 1200
            wire: paced
            units:
              17: {name: meter, tables: {holding: [{values: [4711, 12]}]}}
              18: {name: other, tables: {holding: [{values: [4711, 12]}]}}
        """
            .formatted(folder.resolve("pair")));
    served =
        ServedBench.start(BenchFile.read(file, null, _ -> null).valueOrThrow(), adapters, folder);
  }

  @AfterEach
  void stop() {
    served.close();
    adapters.close();
  }

  private Outcome ask(int unit, Duration patience) throws Exception {
    Path path = served.path((BenchLine.Serial) served.bench().lines().getFirst());
    try (SingleDevice device =
        adapters.device(
            Endpoint.parse("rtu:" + path + "?baud=1200"),
            patience,
            new LineTap(
                TappedLine.stream("pair", "pair", StreamFraming.MBAP, patience.toNanos())))) {
      return device.call(UnitId.of(unit), READ, patience.toNanos()).outcome();
    }
  }

  @Test
  void bytesTakeTheTimeThatTheyTakeOnAWire() throws Exception {
    long begin = adapters.clock().nanoTime();
    assertEquals(ANSWER, ask(17, Duration.ofSeconds(20)));
    long took = adapters.clock().nanoTime() - begin;
    // 8 characters of request, 9 of answer, and the silence between them: never less.
    long least = 20 * SerialSettings.of(1_200, "8E1").characterNanos();
    assertTrue(took >= least, took + " ns, at least " + least);
    assertEquals(ANSWER, ask(18, Duration.ofSeconds(20)));
  }

  @Test
  void twoDevicesWithOneUnitIdCollideOnThePair() throws Exception {
    served.running().faults().add(Fault.always("meter", FaultKind.DUPLICATE));
    Outcome outcome = ask(17, Duration.ofSeconds(2));
    assertFalse(outcome instanceof Outcome.Answered, outcome.toString());
    assertEquals(ANSWER, ask(18, Duration.ofSeconds(20)));
    assertEquals(1, served.running().faults().struck().get(FaultKind.DUPLICATE));
  }
}
