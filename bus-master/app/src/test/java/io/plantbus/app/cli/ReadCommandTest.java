package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.PortException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadCommandTest {
  private SlaveOnLoopback slave;

  @BeforeEach
  void startSlave() throws PortException {
    slave = new SlaveOnLoopback();
  }

  @AfterEach
  void stopSlave() {
    slave.close();
  }

  @Test
  void floatsAreReadOverTcpWithBothAddressFormsAndTheRawRegisters() {
    CommandLineRun run =
        CommandLineRun.of(
            "read", slave.tcp(), "--unit", "17", "holding:100", "--type", "float32", "-c", "2");

    assertEquals("", run.err());
    assertEquals(0, run.code());
    List<String> lines = run.out().lines().toList();
    assertEquals(slave.tcp() + ", unit 17, time-out 1s", lines.get(0));
    assertTrue(
        lines.get(1).matches("holding:100 +40101 +float32 ABCD +21.5 +\\[41ac 0000]"), run.out());
    assertTrue(
        lines.get(2).matches("holding:102 +40103 +float32 ABCD +123.456 +\\[42f6 e979]"),
        run.out());
    assertTrue(lines.get(3).matches("1 request, round trip [0-9.]+ ms"), run.out());
  }

  @Test
  void registersAreReadOverAPseudoTerminalAndTheSettingsAreShown() {
    CommandLineRun run = CommandLineRun.of("read", slave.rtu(), "--unit", "17", "40105", "-c", "2");

    assertEquals("", run.err());
    assertEquals(0, run.code());
    assertTrue(run.out().contains("19200"), run.out());
    assertTrue(run.out().matches("(?s).*holding:104 +40105 +uint16 +7 +\\[0007].*"), run.out());
  }

  @Test
  void theFlagsOfMbpollDoTheSame() {
    int port = Integer.parseInt(slave.tcp().replaceAll(".*:", ""));
    CommandLineRun run =
        CommandLineRun.of(
            "read",
            "-m",
            "tcp",
            "-p",
            "" + port,
            "-a",
            "17",
            "-t",
            "4:float",
            "-B",
            "-r",
            "101",
            "-1",
            "127.0.0.1");

    assertEquals("", run.err());
    assertTrue(run.out().matches("(?s).*holding:100 +40101 +float32 ABCD +21.5 .*"), run.out());
  }

  @Test
  void jsonHoldsValuesQualityAndRawRegisters() {
    CommandLineRun run =
        CommandLineRun.of(
            "read", slave.tcp(), "--unit", "17", "input:0", "--type", "float32", "--json");

    assertEquals(0, run.code());
    assertTrue(
        run.out()
            .matches("(?s)\\{\"endpoint\":\"tcp://127.0.0.1:\\d+\",\"unit\":17,\"function\":4,.*"),
        run.out());
    assertTrue(
        run.out()
            .contains(
                "\"type\":\"float32\",\"order\":\"ABCD\",\"values\":[{\"address\":\"input:0\","
                    + "\"reference\":\"30001\",\"value\":null,\"quality\":\"Bad_SensorFailure\","
                    + "\"raw\":[\"7fc0\",\"0000\"]}]"),
        run.out());
  }

  @Test
  void aRefusalIsToldInWordsAndIsNoSuccess() {
    CommandLineRun run = CommandLineRun.of("read", slave.tcp(), "--unit", "17", "holding:5000");

    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertEquals(
        "plantbus read: unit 17 refused: exception 02, illegal data address; check the address and"
            + " whether it counts from 0 or 1\n",
        run.err());
  }

  @Test
  void aSilentUnitIsToldWithTheSettingsThatWereUsed() {
    CommandLineRun run =
        CommandLineRun.of("read", slave.rtu(), "--unit", "3", "40101", "--timeout", "50ms");

    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertEquals(
        "plantbus read: unit 3 did not answer within 50ms; check the unit id, the wiring, and that"
            + " the device uses 19200 8E1 too\n",
        run.err());
  }

  @Test
  void aUnitThatNobodyHasBehindATcpEndpointIsRefused() {
    CommandLineRun run = CommandLineRun.of("read", slave.tcp(), "--unit", "3", "40101");

    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.err().contains("exception 0A, gateway path unavailable"), run.err());
  }

  @Test
  void aWriteIsAcknowledgedAndCanBeReadBack() {
    CommandLineRun written =
        CommandLineRun.of(
            "write", slave.tcp(), "-a", "17", "holding:100", "--type", "float32", "-7.25");

    assertEquals("", written.err());
    assertEquals(0, written.code());
    assertTrue(
        written
            .out()
            .contains("holding:100 (40101) float32 ABCD = -7.25: acknowledged, round trip "),
        written.out());
    assertTrue(
        CommandLineRun.of("read", slave.tcp(), "-a", "17", "40101", "--type", "float32")
            .out()
            .contains("-7.25"));
  }

  @Test
  void aWriteWithoutAnswerIsNeitherSuccessNorFailure() {
    CommandLineRun run =
        CommandLineRun.of("write", slave.rtu(), "--unit", "3", "coil:0", "on", "--timeout", "50ms");

    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(
        run.err()
            .startsWith(
                "plantbus write: coil:0 (00001) bool = on: unknown, the device may or may not have"
                    + " done it; unit 3 did not answer within 50ms"),
        run.err());
  }

  @Test
  void pollSumsUp() {
    CommandLineRun run =
        CommandLineRun.of(
            "poll", slave.tcp(), "-a", "17", "40101", "--every", "1ms", "--times", "5");

    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out()
            .matches("(?s).*5 requests, 5 answered, 0 errors; round trip min/avg/max .* ms\\R"),
        run.out());
  }
}
