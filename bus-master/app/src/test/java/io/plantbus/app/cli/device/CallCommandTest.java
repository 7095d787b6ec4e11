package io.plantbus.app.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.SlaveOnLoopback;
import io.plantbus.hal.PortException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallCommandTest {
  private SlaveOnLoopback slave;

  @BeforeEach
  void startSlave() throws PortException {
    slave = new SlaveOnLoopback();
  }

  @AfterEach
  void stopSlave() {
    slave.close();
  }

  private static CommandLineRun call(String endpoint, String words) {
    List<String> line = new ArrayList<>(List.of("call", endpoint, "--unit", "17"));
    line.addAll(List.of(words.split(" +")));
    return CommandLineRun.of(line.toArray(String[]::new));
  }

  private static CommandLineRun ofRtu(UnaryOperator<String> script, String words)
      throws IOException {
    try (ScriptedDevice device = ScriptedDevice.rtu(script)) {
      return call(device.endpoint(), words);
    }
  }

  @Test
  void aReadIsShownInBytesAndInWordsOverTcpAndSerialLine() {
    for (String endpoint : List.of(slave.tcp(), slave.rtu())) {
      for (String words : List.of("3 00 68 00 02", "0x03 00680002", "3 0x0068 0002")) {
        CommandLineRun run = call(endpoint, words);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        List<String> rows = run.out().lines().toList();
        assertEquals("request  03 00 68 00 02  function 3, read holding registers", rows.get(1));
        assertEquals("answer   03 04 00 07 00 08", rows.get(2));
        assertEquals("  holding:104    40105    7        [0007]", rows.get(3));
        assertEquals("  holding:105    40106    8        [0008]", rows.get(4));
        assertTrue(rows.get(5).matches("round trip [0-9.]+ ms"), run.out());
      }
    }
  }

  @Test
  void aWriteIsSentAndNotConfirmed() {
    CommandLineRun run = call(slave.tcp(), "6 00 68 00 2a");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("remark: not confirmed: only the device says that"), run.out());
    assertTrue(call(slave.tcp(), "3 00 68 00 01").out().contains(" 42 "));
  }

  @Test
  void aWriteThatIsBroadcastIsConfirmedByNobodyAndAReadIsRefused() {
    CommandLineRun written = CommandLineRun.of("call", slave.rtu(), "--unit", "0", "6", "00680001");
    assertEquals(0, written.code(), written.err());
    assertTrue(written.out().contains("remark: not confirmed: nobody answers"), written.out());
    assertFalse(written.out().contains("answer "), written.out());
    for (String words : List.of("3 00680001", "8 00 00 01", "43 0e0100", "17")) {
      List<String> line = new ArrayList<>(List.of("call", slave.rtu(), "--unit", "0"));
      line.addAll(List.of(words.split(" +")));
      CommandLineRun run = CommandLineRun.of(line.toArray(String[]::new));
      assertEquals(ExitCode.USAGE.code(), run.code(), run.out());
      assertTrue(run.err().contains("nobody answers that"), run.err());
    }
  }

  @Test
  void aRefusalIsShownInBytesToo() {
    CommandLineRun run = call(slave.rtu(), "66 01 02");
    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.out().contains("request  42 01 02  function 66, of the device's maker"));
    assertTrue(run.out().contains("answer   c2 01\n"), run.out());
    assertTrue(run.err().contains("unit 17 refused: exception 01, illegal function"), run.err());
  }

  @Test
  void dataThatTheSpecificationDoesNotKnowAreSentAllTheSame() {
    CommandLineRun run = call(slave.tcp(), "3 00 68 00 00");
    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.out().contains("answer   83 03\n"), run.out());
    assertTrue(
        run.out().contains("remark: these are no data that the specification knows"), run.out());
  }

  @Test
  void aMakersFunctionIsAnsweredOnASerialLineWithoutKnowingItsLength() throws IOException {
    CommandLineRun run = ofRtu(pdu -> pdu + "0708", "100 05");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("answer   64 05 07 08\n"), run.out());
    assertTrue(run.out().contains("remark: not confirmed"), run.out());
  }

  @Test
  void anAnswerThatDoesNotFitIsShownAndSaidNotTo() throws IOException {
    CommandLineRun run = ofRtu(_ -> "0302000b", "3 00 68 00 02");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("answer   03 02 00 0b\n"), run.out());
    assertTrue(run.out().contains("remark: this is no answer to the request by the specification"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          2b 0e0301 | 2b0e03010000010001 41 | vendor name             0x00  A
          07       | 0781                   | 10000001, on: 0 7
          0b       | 0bffff0102             | 258 completed, a program command is under way
          18 0005  | 18000600020001000a     | queued 1                10       [000a]
          14 0706000100020002 | 140605060001000a | file 1 record 3         10       [000a]
          01 0000 0009 | 01020101           | coil:8         00009    on
          08 000b0000 | 08000b0011          | bus messages            17       [0011]
          17 0064000100640001020007 | 17020009 | holding:100    40101    9        [0009]
          11       | 11032aff41             | additional data         A
          """)
  void answersAreDecodedByTheirFunction(String request, String answer, String row)
      throws IOException {
    CommandLineRun run = ofRtu(_ -> answer.replace(" ", ""), "0x" + request);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("  " + row), run.out());
  }

  @Test
  void silenceLeavesAWriteUnknown() throws IOException {
    CommandLineRun run = ofRtu(_ -> "", "6 0000 0001 --timeout 50ms");
    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.out().contains("the device may or may not have done it"), run.out());
    assertTrue(run.err().contains("unit 17 did not answer within 50ms"), run.err());
  }

  @Test
  void jsonHoldsBytesAndOutcome() {
    CommandLineRun run = call(slave.tcp(), "3 00 68 00 01 --json");
    assertEquals(0, run.code());
    assertTrue(
        run.out()
            .contains(
                "\"data\":\"00 68 00 01\",\"answer\":\"03 02 00 07\",\"decoded\":"
                    + "[\"holding:104    40105    7        [0007]\"],\"remarks\":[]}"),
        run.out());
    CommandLineRun refused = call(slave.tcp(), "65 --json");
    assertEquals(ExitCode.DEVICE.code(), refused.code());
    assertTrue(refused.out().contains("\"exception\":1,"), refused.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          0         | is no function code
          128       | is no function code
          0x80      | is no function code
          abc       | is no function code
          3 006     | are no bytes
          3 zz      | are no bytes
          """)
  void whatIsWrongWithTheBytesIsTold(String words, String told) {
    CommandLineRun run = call(slave.tcp(), words);
    assertEquals(ExitCode.USAGE.code(), run.code());
    assertTrue(run.err().contains(told), run.err());
  }

  @Test
  void moreBytesThanFitAreRefused() {
    CommandLineRun run = call(slave.tcp(), "65 " + "00".repeat(253));
    assertEquals(ExitCode.USAGE.code(), run.code());
    assertTrue(run.err().contains("at most 252"), run.err());
  }
}
