package io.plantbus.hal.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.linux.PseudoTerminal;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(value = OS.LINUX, disabledReason = "device files are those of Linux")
@Timeout(30)
class SerialPortsTest {
  private static final SerialSettings SETTINGS = SerialSettings.MODBUS_DEFAULT;

  private final SerialPorts ports = new SerialPorts(NanoClock.system(), SettingsReadBack.unknown());
  @TempDir Path directory;

  private PortException refusal(String device) {
    return assertThrows(PortException.class, () -> ports.opener(device, SETTINGS).open());
  }

  @Test
  void aMissingDeviceIsNamed() {
    PortException refused = refusal("/dev/ttyPlantbusNobody");

    assertEquals(PortFault.MISSING, refused.fault());
    assertTrue(refused.getMessage().contains("/dev/ttyPlantbusNobody"), refused::getMessage);
  }

  @Test
  void aMissingPathIsNotLookedUpElsewhere() {
    assertEquals(PortFault.MISSING, refusal(directory.resolve("ptmx").toString()).fault());
  }

  @Test
  void aFileIsNoSerialPort() throws Exception {
    Path file = Files.createFile(directory.resolve("notes.txt"));

    assertEquals(PortFault.UNSUPPORTED_SETTINGS, refusal(file.toString()).fault());
  }

  @Test
  void aPortThatThisProgramHasOpenIsBusyUntilItIsClosed() throws Exception {
    try (PseudoTerminal peer = PseudoTerminal.open(SETTINGS, NanoClock.system())) {
      String device = peer.slavePath().toString();
      try (SerialLine line = ports.open(device, SETTINGS)) {
        PortException refused = refusal(device);
        assertEquals(PortFault.BUSY, refused.fault());
        assertTrue(refused.getMessage().contains("in this program"), refused::getMessage);
        assertEquals(LinkState.OPEN, line.state());
      }
      ports.open(device, SETTINGS).close();
    }
  }

  @Test
  void aPortThatAnotherProgramHoldsIsBusy() throws Exception {
    try (PseudoTerminal peer = PseudoTerminal.open(SETTINGS, NanoClock.system())) {
      String device = peer.slavePath().toString();
      Process holder = start("flock", "--exclusive", device, "sh", "-c", "echo held; read line");
      try (BufferedReader output = holder.inputReader()) {
        assertEquals("held", output.readLine());
        PortException refused = refusal(device);
        assertEquals(PortFault.BUSY, refused.fault());
        assertTrue(refused.getMessage().contains("another program"), refused::getMessage);
      } finally {
        stop(holder);
      }
    }
  }

  @Test
  void aPeerThatNeverReadsIsGivenUpInsteadOfBlockingTheOwnerForever() throws Exception {
    Process master =
        start(
            "python3",
            "-c",
            "import os, pty, sys; m, s = pty.openpty(); print(os.ttyname(s), flush=True); sys.stdin.read()");
    try (BufferedReader output = master.inputReader()) {
      String device = output.readLine();
      assertNotNull(device, "python3 made a pseudo terminal");
      try (SerialLine line = ports.open(device, SerialSettings.of(4_000_000, "8N1"))) {
        PortException given =
            assertThrows(
                PortException.class,
                () -> {
                  for (int i = 0; i < 10_000; i++) {
                    line.write(new byte[256], 0, 256);
                  }
                });
        assertEquals(PortFault.LOST, given.fault());
        assertTrue(given.getMessage().contains("has not taken a frame"), given::getMessage);
      }
    } finally {
      stop(master);
    }
  }

  private static Process start(String... command) {
    try {
      return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException _) {
      return Assumptions.abort(command[0] + " is not installed, so nobody plays the other program");
    }
  }

  private static void stop(Process process) throws InterruptedException {
    process.destroy();
    assertTrue(process.waitFor(10, TimeUnit.SECONDS));
  }

  @ParameterizedTest
  @CsvSource({
    "2, MISSING, check the cable",
    "5, MISSING, no hardware",
    "13, PERMISSION_DENIED, usermod -aG dialout",
    "11, BUSY, fuser",
    "22, UNSUPPORTED_SETTINGS, 19200 8E1",
    "25, UNSUPPORTED_SETTINGS, no serial port",
    "12, FAILED, error 12"
  })
  void errorNumbersBecomeFaultsWithARemedy(int errno, PortFault fault, String remedy) {
    PortException refused = OpeningFault.of(errno, "/dev/ttyUSB0", SETTINGS);

    assertEquals(fault, refused.fault());
    assertTrue(refused.getMessage().contains(remedy), refused::getMessage);
    assertTrue(refused.getMessage().contains("/dev/ttyUSB0"), refused::getMessage);
  }

  @Test
  void loadingTheVendorLeavesSignalsAndPropertiesAlone() throws Exception {
    refusal("/dev/ttyPlantbusNobody");

    assertEquals(null, System.getProperty("jSerialComm.library.path"));
    assertEquals(null, System.getProperty("fazecast.jSerialComm.appid"));
    long parent = ProcessHandle.current().parent().orElseThrow().pid();
    Assumptions.assumeFalse(ignoresHangUp(parent), "hang-up is ignored by the caller already");
    assertFalse(ignoresHangUp(ProcessHandle.current().pid()), "hang-up still ends the process");
  }

  private static boolean ignoresHangUp(long process) throws IOException {
    List<String> status = Files.readAllLines(Path.of("/proc/" + process + "/status"));
    String ignored =
        status.stream().filter(line -> line.startsWith("SigIgn:")).findAny().orElseThrow();
    return (Long.parseUnsignedLong(ignored.substring(7).trim(), 16) & 1) != 0;
  }

  @Test
  void settingsNobodyReadBackAreSaidToBeUnknown() throws Exception {
    try (PseudoTerminal peer = PseudoTerminal.open(SETTINGS, NanoClock.system());
        SerialLine line = ports.open(peer.slavePath().toString(), SETTINGS)) {
      assertEquals(
          "19200 8E1 asked for; this platform does not tell what the driver applied",
          line.appliedSettings());
    }
  }
}
