package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
  @Test
  void aMisspeltCommandIsSuggested() {
    CommandLineRun run = CommandLineRun.of("raed", "tcp://127.0.0.1");

    assertEquals(ExitCode.USAGE.code(), run.code());
    assertTrue(run.err().contains("Did you mean: plantbus read"), run.err());
  }

  @Test
  void aMisspeltOptionIsSuggestedAlsoWhereNegativeNumbersAreTaken() {
    CommandLineRun run = CommandLineRun.of("write", "tcp://127.0.0.1", "--unti", "3", "40001", "5");

    assertEquals(ExitCode.USAGE.code(), run.code());
    assertTrue(run.err().contains("'--unti'"), run.err());
    assertTrue(run.err().contains("--unit"), run.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          read tcp://127.0.0.1                           | the address is missing
          read tcp://127.0.0.1 100                       | names no table
          read tcp://127.0.0.1 40000                     | counts from 1
          read tcp://127.0.0.1 40001 --type float33      | unknown data type 'float33'
          read tcp://127.0.0.1:99999 40001               | 1..65535
          read tcp://127.0.0.1 40001 --timeout 5         | no time span
          read tcp://127.0.0.1 holding:65535 -c 2        | do not fit into addresses
          read ftp://127.0.0.1 40001                     | is no endpoint
          read rtu:/dev/null?bauds=9600 40001            | no serial setting
          read rtu:/dev/null?format=9E1 40001            | such as 8E1
          read tcp://127.0.0.1 40001 -a 300              | a unit id must be 0..255
          write tcp://127.0.0.1 40001                    | address and value are needed
          write tcp://127.0.0.1 40001 70000              | uint16, which holds 0..65535
          write tcp://127.0.0.1 30001 7                  | cannot be written
          write tcp://127.0.0.1 coil:1 maybe             | no state
          """)
  void whatIsWrongWithArgumentsIsToldWithoutATrace(String arguments, String told) {
    CommandLineRun run = CommandLineRun.of(arguments.split(" +", -1));

    assertEquals(ExitCode.USAGE.code(), run.code(), run.err());
    assertTrue(run.err().contains(told), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void aRefusedConnectionIsAPortThatCannotBeOpened() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    CommandLineRun run = CommandLineRun.of("read", "tcp://127.0.0.1:" + port, "40001");

    assertEquals(ExitCode.PORT.code(), run.code());
    assertTrue(run.err().contains("refused"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void anUnknownHostIsToldByName() {
    CommandLineRun run = CommandLineRun.of("read", "tcp://no-such-host.invalid", "40001");

    assertEquals(ExitCode.PORT.code(), run.code());
    assertTrue(run.err().contains("no-such-host.invalid"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aMissingSerialPortIsToldByName() {
    CommandLineRun run = CommandLineRun.of("read", "rtu:/dev/ttyNone7", "40001");

    assertEquals(ExitCode.PORT.code(), run.code());
    assertTrue(run.err().contains("/dev/ttyNone7"), run.err());
    assertEquals(1, run.err().lines().count(), run.err());
  }

  @Test
  void aFileThatIsNoSerialPortIsTold(@TempDir Path folder) throws IOException {
    Path file = java.nio.file.Files.createFile(folder.resolve("plain"));
    CommandLineRun run = CommandLineRun.of("read", "rtu:" + file, "40001");

    assertEquals(ExitCode.PORT.code(), run.code());
    assertTrue(run.err().contains(file.toString()), run.err());
  }

  @Test
  void helpListsTheExitCodes() {
    CommandLineRun run = CommandLineRun.of("read", "--help");

    assertEquals(0, run.code());
    for (ExitCode exit : ExitCode.values()) {
      assertTrue(run.out().contains("   " + exit.meaning()), run.out());
    }
    assertTrue(run.out().contains("Examples:"), run.out());
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    CommandLineRun run = CommandLineRun.of("--version");

    assertTrue(run.out().matches("(?s)plantbus [0-9]+[.][0-9]+[.][0-9]+.*"), run.out());
  }
}
