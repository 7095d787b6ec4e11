package io.plantbus.simulators.twin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.capture.traffic.CapturedExchange;
import io.plantbus.protocols.capture.traffic.CapturedServer;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.trace.LineFraming;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TwinBenchTest {
  private static final long MS = 1_000_000;
  private static final long START = 1_700_000_000_000_000_000L;
  private static final CapturedServer PLC =
      new CapturedServer("10.0.0.2:502", "", LineFraming.MBAP_STREAM);
  private static final CapturedServer PAIR =
      new CapturedServer("rs485", "/dev/ttyUSB0 9600 8N1", LineFraming.RTU);
  private static final Request READ =
      new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(100, 2));

  @TempDir private Path folder = Path.of("");
  private final List<CapturedExchange> exchanges = new ArrayList<>();

  private void heard(CapturedServer server, int unit, long atMs, long tookMs, String... pdus) {
    exchanges.add(
        new CapturedExchange(
            exchanges.size() + 1,
            server,
            unit,
            bytes(pdus[0]),
            START + atMs * MS,
            pdus.length > 1 ? bytes(pdus[1]) : null,
            START + (atMs + tookMs) * MS));
  }

  private static ByteBlock bytes(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex);
    return ByteBlock.copyOf(bytes, 0, bytes.length);
  }

  private TwinBench bench() {
    return TwinBench.of(new CapturedTraffic(exchanges, exchanges.size(), Map.of(), ""));
  }

  private static TwinRecording recording(TwinBench bench, int unit) {
    TwinBench.Unit found = bench.lines().getFirst().units().get(unit);
    return Objects.requireNonNull(found).recording();
  }

  private static @Nullable Response at(TwinSlave slave, long ms, Request request) {
    return slave.execute(request, 5_000 * MS + ms * MS);
  }

  private static Response registers(int... values) {
    return new Response.Registers(RegisterBlock.of(values));
  }

  private void twoHoursOfAValue() {
    heard(PLC, 1, 0, 10, "0300640002", "030400070008");
    heard(PLC, 1, 1000, 20, "0300640002", "030400070008");
    heard(PLC, 1, 2000, 30, "0300640002", "030400090008");
    heard(PLC, 1, 4000, 0, "0300640002", "030400090001");
  }

  @Test
  void aTwinHoldsAtEachTimeWhatWasReadThen() {
    twoHoursOfAValue();
    TwinSlave twin =
        new TwinSlave(recording(bench(), 1), false, new TwinClock(), new SlaveServices());

    assertEquals(registers(7, 8), at(twin, 0, READ));
    assertEquals(registers(7, 8), at(twin, 1400, READ));
    assertEquals(registers(9, 8), at(twin, 1600, READ));
    assertEquals(registers(9, 1), at(twin, 3999, READ));
    assertEquals(registers(9, 1), at(twin, 99_999, READ));
  }

  @Test
  void aTwinThatLoopsBeginsAnewWithWhatWasReadFirst() {
    twoHoursOfAValue();
    TwinSlave twin =
        new TwinSlave(recording(bench(), 1), true, new TwinClock(), new SlaveServices());

    assertEquals(registers(7, 8), at(twin, 0, READ));
    at(twin, 100, new Request.WriteSingleRegister(100, 55));
    assertEquals(registers(55, 8), at(twin, 200, READ));
    assertEquals(registers(9, 1), at(twin, 3999, READ));
    assertEquals(registers(7, 8), at(twin, 4001, READ));
    assertEquals(registers(9, 8), at(twin, 8000 + 1600, READ));
  }

  @Test
  void whatWasRefusedIsRefusedUntilItWasExecuted() {
    heard(PLC, 1, 0, 1, "0300640002", "8306");
    heard(PLC, 1, 1000, 1, "0300640002", "030400070008");
    heard(PLC, 1, 2000, 1, "0300640002", "8304");
    TwinSlave twin =
        new TwinSlave(recording(bench(), 1), false, new TwinClock(), new SlaveServices());

    assertEquals(Response.Refusal.of(ExceptionCode.SERVER_DEVICE_BUSY), at(twin, 0, READ));
    assertEquals(registers(7, 8), at(twin, 600, READ));
    assertEquals(Response.Refusal.of(ExceptionCode.SERVER_DEVICE_FAILURE), at(twin, 1600, READ));
    assertEquals(
        Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS),
        at(twin, 1700, new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(99, 2))));
  }

  @Test
  void aTwinIsSilentWhenTheOriginalWas() {
    heard(PLC, 1, 0, 1, "0300640002", "030400070008");
    heard(PLC, 1, 1000, 0, "0300640002");
    heard(PLC, 1, 3000, 1, "0300640002", "030400070008");
    heard(PLC, 2, 3500, 0, "0300640002");
    TwinBench bench = bench();
    TwinSlave twin =
        new TwinSlave(recording(bench, 1), false, new TwinClock(), new SlaveServices());

    assertEquals(registers(7, 8), at(twin, 0, READ));
    assertEquals(null, at(twin, 600, READ));
    assertEquals(registers(7, 8), at(twin, 2600, READ));
    assertEquals(List.of("unit 2 of 10.0.0.2:502 never answered"), bench.notes());
  }

  @Test
  void turnaroundsAreLearnedWithoutWhatTheWireTook() {
    for (int i = 0; i < 100; i++) {
      heard(PAIR, 3, i * 100L, 25 + i % 10, "0300640001", "03020007");
    }
    Turnaround took = recording(bench(), 3).turnaround();

    // 5 + 4 bytes of PDU and 6 around them, of 10 bits at 9600 baud: 15.6 ms.
    assertEquals(25 * MS - 15_625_000, took.leastNanos());
    assertEquals(29 * MS - 15_625_000, took.medianNanos());
    assertTrue(took.mostNanos() >= 33 * MS - 15_625_000);
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 1000; i++) {
      long drawn = took.draw(random);
      assertTrue(drawn >= took.leastNanos() && drawn <= took.mostNanos(), "drawn " + drawn);
    }
  }

  @Test
  void filesAreReadAsTheyWereWritten() throws IOException {
    twoHoursOfAValue();
    heard(PLC, 1, 4500, 1, "0100050003", "010105");
    heard(PLC, 1, 5000, 1, "0300C80001", "8302");
    heard(PLC, 1, 5500, 0, "0300640002");
    heard(PLC, 1, 6000, 1, "0300640002", "030400090001");
    heard(PLC, 1, 6100, 1, "2B0E0100", "2B0E01010000030004416C6C65010258310203312E30");
    TwinBench bench = bench();

    List<Path> files = bench.write(folder.resolve("bench.yaml"), "x.pcapng", false);
    TwinRecording read = TwinFile.read(files.get(1));

    assertEquals(recording(bench, 1), read);
    assertEquals(
        """
        # Twin of x.pcapng
        name: twin
        lines:
          tcp-10.0.0.2-502:
            type: tcp
            port: 5020
            units:
              1:
                replay: "bench-tcp-10.0.0.2-502-1.twin"
                loop: false
                identity: {vendor: "Alle", product: "X1", revision: "1.0"}
        """,
        Files.readString(files.getFirst()));
  }

  @Test
  void aFileThatMakesNoSenseIsToldWithItsLine() throws IOException {
    Path file = folder.resolve("a.twin");
    for (String[] each :
        new String[][] {
          {"hello\n", ":1: this is no recording of a twin"},
          {"plantbus-twin 1\nlength soon\n", ":2: 'soon' is no time"},
          {"plantbus-twin 1\nat 1.0 holding 5 1\n", ":2: holding 5 is in no table above"},
          {"plantbus-twin 1\ntable holding 5\n", ":2: words missing"},
          {"plantbus-twin 1\n\ntable holding 65535 2\n", ":3: "},
          {"plantbus-twin 1\nat 2.0 silent\nat 1.0 answers\n", "in the order of their time"},
        }) {
      Files.writeString(file, each[0]);
      IOException told = assertThrows(IOException.class, () -> TwinFile.read(file));
      assertTrue(String.valueOf(told.getMessage()).contains(each[1]), told.getMessage());
    }
    Files.write(file, new byte[] {(byte) 0xFF, (byte) 0xFE, 0});
    assertInstanceOf(IOException.class, assertThrows(IOException.class, () -> TwinFile.read(file)));
  }
}
