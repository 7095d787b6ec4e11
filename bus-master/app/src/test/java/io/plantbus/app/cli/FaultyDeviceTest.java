package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamListener;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.linux.PseudoTerminal;
import io.plantbus.hal.tcp.NettyStreamPort;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FaultyDeviceTest {
  /// Answers whatever arrives with the same bytes.
  private static final class Babbler implements Agent {
    private final Link link;
    private final byte[] answer;
    private final byte[] input = new byte[256];

    Babbler(Link link, byte[] answer) {
      this.link = link;
      this.answer = answer;
    }

    @Override
    public String name() {
      return "babbler";
    }

    @Override
    public void started(AgentHandle handle) {
      link.onActivity(handle::wake);
    }

    @Override
    public long step(long nowNanos) {
      try {
        if (link.read(input, 0, input.length) > 0) {
          link.write(answer, 0, answer.length);
        }
      } catch (PortException _) {
        link.close();
      }
      return NEVER;
    }

    @Override
    public void stopped() {
      link.close();
    }
  }

  private static CommandLineRun readOverTcp(byte[] answer) throws PortException {
    try (NettyStreamPort port = new NettyStreamPort(NanoClock.system(), (_, _) -> {});
        StreamListener listener =
            port.listen("127.0.0.1", 0, 2, link -> new Babbler(link, answer))) {
      return CommandLineRun.of(
          "read", "tcp://127.0.0.1:" + listener.port(), "40001", "--timeout", "200ms");
    }
  }

  private static void assertToldWithoutTrace(CommandLineRun run, String told) {
    assertEquals(ExitCode.DEVICE.code(), run.code(), run.err());
    assertTrue(run.err().contains(told), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void aWebServerInTheDevicesPlaceIsNoAnswer() throws PortException {
    CommandLineRun run =
        readOverTcp("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

    assertToldWithoutTrace(run, "something else than Modbus TCP may be listening there");
  }

  @Test
  void anAnswerOfAnotherUnitIsNoAnswer() throws PortException {
    CommandLineRun run = readOverTcp(new byte[] {0, 0, 0, 0, 0, 5, 9, 3, 2, 0, 7});

    assertEquals(ExitCode.DEVICE.code(), run.code(), run.out());
    assertFalse(run.out().contains(" 7 "), run.out());
  }

  @Test
  void garbageOnASerialLinePointsAtTheSettings() throws PortException {
    PseudoTerminal terminal =
        PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system());
    AgentHandle babbler =
        new ThreadRunner(NanoClock.system(), (_, _) -> {})
            .start(new Babbler(terminal, new byte[] {1, 3, 2, 0, 7, 0, 0, (byte) 0xFF, 0x55}));
    CommandLineRun run =
        CommandLineRun.of("read", "rtu:" + terminal.slavePath(), "40001", "--timeout", "200ms");
    babbler.stop();

    assertToldWithoutTrace(run, "the device may use another baud rate or parity than 19200 8E1");
  }

  @Test
  void pollGoesOnThroughFailuresAndCountsThem() throws PortException {
    PseudoTerminal terminal =
        PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, NanoClock.system());
    CommandLineRun run =
        CommandLineRun.of(
            "poll",
            "rtu:" + terminal.slavePath(),
            "40001",
            "--timeout",
            "20ms",
            "--every",
            "1ms",
            "--times",
            "3");
    terminal.close();

    assertEquals(ExitCode.DEVICE.code(), run.code());
    assertTrue(run.out().contains("3 requests, 0 answered, 3 errors {silence=3}"), run.out());
  }
}
