package io.plantbus.app.cli.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.cli.CommandLineRun;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.SlaveOnLoopback;
import io.plantbus.devices.slave.DeviceIdentity;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class IdentifyCommandTest {
  private static CommandLineRun identify(String endpoint, String... more) {
    List<String> words = new ArrayList<>(List.of("identify", endpoint, "--unit", "17"));
    words.addAll(List.of(more));
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  private static CommandLineRun ofScripted(UnaryOperator<String> script, String... more)
      throws IOException {
    try (ScriptedDevice device = ScriptedDevice.tcp(script)) {
      return identify(device.endpoint(), more);
    }
  }

  private static SlaveServices identity() {
    return new SlaveServices()
        .with(
            new DeviceIdentity(
                List.of(
                    DeviceObject.of(0, "Acme"),
                    DeviceObject.of(1, "P-7"),
                    DeviceObject.of(2, "2.4"),
                    DeviceObject.of(3, "x".repeat(200)),
                    DeviceObject.of(4, "y".repeat(200)),
                    new DeviceObject(0x81, ByteBlock.of('a', 0xE9, '\\', 0)))));
  }

  @Test
  void allObjectsAreReadOverTcpAndSerialLineAlsoThoseThatTakeSeveralAnswers() throws PortException {
    try (SlaveOnLoopback slave = new SlaveOnLoopback(identity())) {
      for (String endpoint : List.of(slave.tcp(), slave.rtu())) {
        CommandLineRun run = identify(endpoint);
        assertEquals("", run.err());
        assertEquals(0, run.code());
        List<String> rows = run.out().lines().skip(1).toList();
        assertEquals("vendor name             0x00  Acme", rows.get(0));
        assertEquals("product code            0x01  P-7", rows.get(1));
        assertEquals("revision                0x02  2.4", rows.get(2));
        assertEquals("vendor URL              0x03  " + "x".repeat(200), rows.get(3));
        assertEquals("product name            0x04  " + "y".repeat(200), rows.get(4));
        assertEquals("vendor's own            0x81  a\\xE9\\\\\\x00", rows.get(5));
        assertEquals(
            "conformity              0x83  basic, regular and extended objects, one by one too",
            rows.get(6));
        assertEquals(7, rows.size(), run.out());
      }
    }
  }

  @Test
  void jsonHoldsEachObjectAsTextAndBytes() throws PortException {
    try (SlaveOnLoopback slave = new SlaveOnLoopback(identity())) {
      CommandLineRun run = identify(slave.tcp(), "--json");
      assertEquals(0, run.code());
      assertEquals(1, run.out().lines().count());
      assertTrue(run.out().contains("\"outcome\":\"answered\",\"conformity\":131"), run.out());
      assertTrue(
          run.out()
              .contains(
                  "{\"id\":129,\"name\":\"vendor's own\",\"value\":\"a\\\\xE9\\\\\\\\\\\\x00\","
                      + "\"bytes\":\"61 e9 5c 00\"}"),
          run.out());
    }
  }

  @Test
  void theServerIdServesWhereTheIdentificationIsUnknown() throws PortException {
    SlaveServices services =
        new SlaveServices()
            .with(
                Response.ServerId.of(
                    ByteBlock.of(0x2A), true, DeviceObject.of(0, "Acme P-7").value()));
    try (SlaveOnLoopback slave = new SlaveOnLoopback(services)) {
      for (String endpoint : List.of(slave.tcp(), slave.rtu())) {
        CommandLineRun run = identify(endpoint);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("server id               2a  *\n"), run.out());
        assertTrue(run.out().contains("run indicator           on\n"), run.out());
        assertTrue(run.out().contains("additional data         Acme P-7\n"), run.out());
        assertTrue(
            run.out().contains("function 43/14          not supported (exception 01)"), run.out());
      }
      assertTrue(
          identify(slave.tcp(), "--json")
              .out()
              .contains("\"serverId\":{\"id\":\"2a\",\"run\":\"on\",\"additional\":\"Acme P-7\""));
    }
  }

  @Test
  void aDeviceThatKnowsNeitherFunctionIsToldOf() throws PortException {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun run = identify(slave.tcp());
      assertEquals(ExitCode.DEVICE.code(), run.code());
      assertEquals(
          "plantbus identify: it does not say who it is; function 43/14: not supported (exception"
              + " 01); function 17: not supported (exception 01)\n",
          run.err());
    }
  }

  @Test
  void aDeviceThatRefusesStreamsIsAskedObjectByObject() throws IOException {
    CommandLineRun run =
        ofScripted(
            pdu ->
                switch (pdu) {
                  case "2b0e0400" -> "2b0e0481000001000141";
                  case "2b0e0401" -> "2b0e0481000001010142";
                  case "2b0e0402" -> "2b0e0481000001020143";
                  default -> pdu.startsWith("2b0e04") ? "ab02" : "ab03";
                });
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("vendor name             0x00  A\n"), run.out());
    assertTrue(run.out().contains("revision                0x02  C\n"), run.out());
    assertTrue(
        run.out()
            .contains(
                "basic objects           not supported (exception 03) as a stream; read one by"
                    + " one"),
        run.out());
    assertTrue(run.out().contains("0x81  basic objects, one by one too"), run.out());
  }

  @Test
  void categoriesThatAreRefusedAreTold() throws IOException {
    CommandLineRun run =
        ofScripted(pdu -> pdu.equals("2b0e0100") ? "2b0e0100000001000141" : "ab03");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("0x00  not a level of the specification"), run.out());
    assertTrue(
        run.out().contains("regular objects         not supported (exception 03)"), run.out());
    assertTrue(
        run.out().contains("extended objects        not supported (exception 03)"), run.out());
  }

  @Test
  void continuationThatNeverEndsIsLeft() throws IOException {
    for (String endless :
        List.of("2b0e0101ff0001000141", "2b0e0101ff0000", "2b0e0101ff0101010141")) {
      try (ScriptedDevice device = ScriptedDevice.tcp(pdu -> pdu.equals("11") ? "9101" : endless)) {
        CommandLineRun run = identify(device.endpoint());
        assertTrue(run.out().contains("remark: it says that more objects follow"), run.out());
        assertTrue(device.requests() <= 3, "" + device.requests());
      }
    }
  }

  @Test
  void continuationThatGoesOnWithoutObjectsIsBounded() throws IOException {
    try (ScriptedDevice device =
        ScriptedDevice.tcp(
            pdu -> {
              if (pdu.equals("11")) {
                return "9101";
              }
              int next = Math.min(255, Integer.parseInt(pdu.substring(6), 16) + 1);
              return "2b0e0101ff%02x00".formatted(next);
            })) {
      CommandLineRun run = identify(device.endpoint());
      assertTrue(run.out().contains("points back to 0xFF; left it there"), run.out());
      assertEquals(257, device.requests(), run.out());
    }
  }

  @Test
  void aMalformedAnswerIsNoIdentification() throws IOException {
    for (String broken : List.of("2b0e0101", "2b0e010100000100ff41", "2b0e0101000001", "2b")) {
      CommandLineRun run =
          ofScripted(pdu -> pdu.startsWith("2b") ? broken : "9101", "--timeout", "100ms");
      assertEquals(ExitCode.DEVICE.code(), run.code(), run.out());
      assertTrue(run.err().contains("function 43/14: no valid answer: "), run.err());
      assertFalse(run.err().contains("\tat "), run.err());
      try (ScriptedDevice device =
          ScriptedDevice.rtu(pdu -> pdu.startsWith("2b") ? broken : "9101")) {
        CommandLineRun serial = identify(device.endpoint(), "--timeout", "100ms");
        assertEquals(ExitCode.DEVICE.code(), serial.code(), serial.out());
      }
    }
  }

  @Test
  void aSilentDeviceIsAskedOnceOnly() throws IOException {
    try (ScriptedDevice device = ScriptedDevice.tcp(_ -> "")) {
      CommandLineRun run = identify(device.endpoint(), "--timeout", "100ms");
      assertEquals(ExitCode.DEVICE.code(), run.code());
      assertEquals(
          "plantbus identify: unit 17 did not answer within 100ms; check the unit id, and --timeout"
              + " if the device is slow\n",
          run.err());
      assertEquals(1, device.requests());
    }
  }

  @Test
  void anUnknownUnitBehindAGatewayIsTold() throws PortException {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      CommandLineRun run = CommandLineRun.of("identify", slave.tcp(), "--unit", "3");
      assertEquals(ExitCode.DEVICE.code(), run.code());
      assertTrue(run.err().contains("exception 0A, gateway path unavailable"), run.err());
      CommandLineRun json = CommandLineRun.of("identify", slave.tcp(), "--unit", "3", "--json");
      assertEquals(ExitCode.DEVICE.code(), json.code());
      assertTrue(json.out().contains("\"outcome\":\"refused\",\"reason\":\"unit 3"), json.out());
    }
  }

  @Test
  void nobodyAnswersABroadcast() throws PortException {
    try (SlaveOnLoopback slave = new SlaveOnLoopback()) {
      for (String command : List.of("identify", "diagnose")) {
        CommandLineRun run = CommandLineRun.of(command, slave.rtu(), "--unit", "0");
        assertEquals(ExitCode.USAGE.code(), run.code(), run.out());
        assertTrue(run.err().contains("nobody answers that"), run.err());
      }
      CommandLineRun read = CommandLineRun.of("read", slave.rtu(), "--unit", "0", "40101");
      assertEquals(ExitCode.USAGE.code(), read.code(), read.out());
    }
  }
}
