package io.plantbus.app.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.SlaveOnLoopback;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.hal.PortException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnoseCommandTest {
  private static CommandLineRun diagnose(String endpoint, String... more) {
    List<String> words = new ArrayList<>(List.of("diagnose", endpoint, "--unit", "17"));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static CommandLineRun ofScripted(UnaryOperator<String> script, String... more)
      throws IOException {
    try (ScriptedDevice device = ScriptedDevice.tcp(script)) {
      return diagnose(device.endpoint(), more);
    }
  }

  /// Answers each counter with what its sub-function is told to, and refuses the rest.
  private static UnaryOperator<String> counting(int... subFunctionsAndValues) {
    return pdu -> {
      for (int i = 0; i < subFunctionsAndValues.length; i += 2) {
        if (pdu.startsWith("08%04x".formatted(subFunctionsAndValues[i]))) {
          return "08%04x%04x".formatted(subFunctionsAndValues[i], subFunctionsAndValues[i + 1]);
        }
      }
      return "%02x01".formatted(Integer.parseInt(pdu.substring(0, 2), 16) | 0x80);
    };
  }

  @Test
  void countersEventsAndAnEchoAreToldOverTcpAndSerialLine() throws PortException {
    SlaveServices services = new SlaveServices().withExceptionStatus(0x05);
    try (SlaveOnLoopback slave = new SlaveOnLoopback(services)) {
      for (String endpoint : List.of(slave.tcp(), slave.rtu())) {
        CommandLineRun run = diagnose(endpoint, "--echo", "3");
        assertEquals("", run.err());
        assertEquals(0, run.code());
        String told = run.out();
        assertTrue(
            told.matches("(?s).*echo test +3 of 3 came back; round trip min/avg/95%/max .* ms\n.*"),
            told);
        assertTrue(told.matches("(?s).*bus messages +4\n.*"), told);
        assertTrue(told.matches("(?s).*bad checksums +0\n.*"), told);
        assertTrue(told.matches("(?s).*diagnostic register +0x0000\n.*"), told);
        assertTrue(told.matches("(?s).*exception status +00000101, on: 0 2\n.*"), told);
        assertTrue(told.matches("(?s).*event counter +13 completed, ready\n.*"), told);
        assertTrue(told.matches("(?s).*event log +29 events, newest first\n.*"), told);
        assertTrue(told.matches("(?s).* 14 × received, sent\n.*"), told);
        assertTrue(told.endsWith("Nothing stands out: 4 messages, none with a bad checksum.\n"));
      }
    }
  }

  @Test
  void countersAreClearedOnlyWhenAskedAndAfterTheyWereTold() throws PortException {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun.of("read", slave.tcp(), "--unit", "17", "40101", "-c", "2");
      assertTrue(diagnose(slave.tcp()).out().matches("(?s).*bus messages +2\n.*"));
      CommandLineRun cleared = diagnose(slave.tcp(), "--clear");
      assertTrue(cleared.out().matches("(?s).*bus messages +14\n.*"), cleared.out());
      assertTrue(
          cleared.out().contains("clear counters          done, they count from 0 again"),
          cleared.out());
      assertTrue(diagnose(slave.tcp()).out().matches("(?s).*bus messages +1\n.*"));
    }
  }

  @Test
  void whatIsRefusedDoesNotFailTheRestAndWhatStandsOutIsTold() throws IOException {
    CommandLineRun run =
        ofScripted(counting(0x0B, 117, 0x0C, 3, 0x0D, 5, 0x0E, 90, 0x11, 4, 0x12, 1));
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().matches("(?s).*bad checksums +3\n.*"), run.out());
    assertTrue(
        run.out().matches("(?s).*without answer +not supported \\(exception 01\\)\n.*"), run.out());
    assertTrue(run.out().matches("(?s).*event log +not supported .*"), run.out());
    assertTrue(
        run.out()
            .endsWith(
                "What stands out: 3 of 120 messages had a bad checksum; characters came too fast"
                    + " for it once; 5 of 90 requests ended in an exception; it was busy 4"
                    + " times.\n"),
        run.out());
  }

  @Test
  void refusalsOfTheDiagnosisItselfDoNotStandOut() throws IOException {
    CommandLineRun run = ofScripted(counting(0x0C, 0, 0x0D, 1, 0x0E, 9));
    assertTrue(run.out().contains("it does not count bad checksums"), run.out());
    assertFalse(run.out().contains("ended in an exception"), run.out());
  }

  @Test
  void eventsAreToldInWords() throws IOException {
    CommandLineRun run =
        ofScripted(
            pdu -> pdu.equals("0c") ? "0c0effff010202030060920444c09901" : counting().apply(pdu));
    String told = run.out();
    assertTrue(told.contains("event log               8 events, newest first"), told);
    assertTrue(
        told.contains("  1 × received with a communication error with an overrun of characters,"),
        told);
    assertTrue(told.contains("sent nothing in listen-only mode"), told);
    assertTrue(told.contains("  1 × communications restarted"), told);
    assertTrue(told.contains("  1 × entered listen-only mode"), told);
    assertTrue(told.contains("  1 × received a broadcast, sent exception 05 or 06"), told);
    assertTrue(told.contains("  1 × 0x01, which the specification does not define"), told);
    assertTrue(told.contains("it was in listen-only mode"), told);
  }

  @Test
  void echoesThatComeBackWrongAreCounted() throws IOException {
    AtomicInteger rounds = new AtomicInteger();
    CommandLineRun run =
        ofScripted(
            pdu ->
                pdu.startsWith("080000") && rounds.incrementAndGet() % 2 == 0
                    ? "0800000000"
                    : pdu.startsWith("080000") ? pdu : "8801",
            "--echo",
            "4",
            "--timeout",
            "100ms");
    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.out().contains("2 of 4 came back {noise=2}; round trip"), run.out());
    assertTrue(run.out().contains("What stands out: 2 of 4 echoes did not come back"), run.out());
  }

  @Test
  void anEchoThatIsRefusedEndsAtOnce() throws IOException {
    CommandLineRun run = ofScripted(counting(0x0B, 1, 0x0C, 0), "--echo", "100");
    assertTrue(run.out().contains("echo test               not supported (exception 01)"));
    assertFalse(run.out().contains("did not come back"), run.out());
  }

  @Test
  void aSilentDeviceIsNotAskedEverything() throws IOException {
    try (ScriptedDevice device = ScriptedDevice.tcp(_ -> "")) {
      CommandLineRun run = diagnose(device.endpoint(), "--timeout", "50ms", "--echo", "1000");
      assertEquals(ExitCode.DEVICE.code(), run.code());
      assertTrue(run.err().contains("unit 17 did not answer within 50ms"), run.err());
      assertEquals(5, device.requests());
    }
  }

  @Test
  void oneSilentSubFunctionIsNoSilentDevice() throws IOException {
    UnaryOperator<String> counting = counting(0x0C, 0, 0x0D, 0);
    CommandLineRun run =
        ofScripted(
            pdu -> pdu.startsWith("08000b") ? "" : counting.apply(pdu), "--timeout", "100ms");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("bus messages            no answer"), run.out());
  }

  @Test
  void aDeviceThatSupportsNothingAnswersAllTheSame() throws IOException {
    CommandLineRun run = ofScripted(counting(), "--clear");
    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.err().contains("it supports none of functions 7, 8, 11 and 12"), run.err());
  }

  @Test
  void jsonHoldsEachAnswer() throws IOException {
    CommandLineRun run = ofScripted(counting(0x0B, 7, 0x0C, 2), "--json", "--clear");
    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertEquals(1, run.out().lines().count());
    assertTrue(
        run.out()
            .contains(
                "{\"function\":8,\"subFunction\":12,\"name\":\"bad checksums\","
                    + "\"outcome\":\"answered\",\"value\":2}"),
        run.out());
    assertTrue(run.out().contains("\"outcome\":\"refused\",\"reason\":\"not supported"), run.out());
    assertTrue(run.out().contains("\"cleared\":false"), run.out());
    assertTrue(
        run.out().contains("\"findings\":[\"2 of 9 messages had a bad checksum\"]"), run.out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "100001", "many"})
  void aNumberOfEchoesThatCannotBeIsAUsageError(String rounds) {
    CommandLineRun run = diagnose("tcp://127.0.0.1:1", "--echo=" + rounds);
    assertEquals(ExitCode.USAGE.code(), run.code(), run.out());
    assertTrue(run.err().contains("--echo"), run.err());
  }
}
