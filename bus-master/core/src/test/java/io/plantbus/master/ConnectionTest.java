package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamLink;
import io.plantbus.master.line.DeviceReport.Health;
import io.plantbus.protocols.modbus.AddressRange;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ConnectionTest {
  private static Bench serial() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 100));
    bench.serveRtu();
    bench
        .line(Plants.rtu("rs485"))
        .device(Plants.modbus("plc", "rs485", 1, Plants.holding("t", 0, 100 * MS)))
        .start();
    return bench;
  }

  private static Bench network() {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 100));
    bench.serveTcp();
    bench
        .line(Plants.tcp("net", 4))
        .device(Plants.modbus("plc", "net", 1, Plants.holding("t", 0, 100 * MS)));
    return bench;
  }

  @Test
  void anAdapterThatIsPulledOutAndPutBackIsUsedAgain() {
    Bench bench = serial();
    bench.run(SECOND);
    bench.pair.unplug("master");
    bench.run(SECOND);
    assertFalse(bench.report("rs485").connected());
    assertFalse(bench.report("rs485").trouble().isEmpty());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("t").quality());
    assertEquals(Health.UNKNOWN, bench.health("plc").health());
    bench.pair.replug("master");
    bench.run(5 * SECOND);
    assertTrue(bench.report("rs485").connected());
    assertEquals(1, bench.report("rs485").reconnects());
    assertEquals(Quality.GOOD, bench.sample("t").quality());
  }

  @Test
  void attemptsToConnectBackOff() {
    Bench bench = network();
    bench.network.setRefusing(Bench.PORT, true);
    bench.start();
    bench.run(60 * SECOND);
    assertFalse(bench.report("net").connected());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("t").quality());
    assertTrue(
        bench.attempts >= 15 && bench.attempts <= 20, bench.attempts + " attempts in a minute");
    bench.network.setRefusing(Bench.PORT, false);
    bench.run(6 * SECOND);
    assertEquals(Quality.GOOD, bench.sample("t").quality());
  }

  @Test
  void attemptsToReachAPeerThatTalksSomethingElseBackOff() throws PortException {
    Bench bench = new Bench();
    bench.network.listen("localhost", Bench.PORT, 4, Babbler::new);
    bench
        .line(Plants.tcp("net", 4))
        .device(Plants.modbus("plc", "net", 1, Plants.holding("t", 0, 100 * MS)))
        .start();
    bench.run(60 * SECOND);
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("t").quality());
    assertTrue(
        bench.attempts >= 10 && bench.attempts <= 20, bench.attempts + " attempts in a minute");
  }

  /// A peer that answers everything with what is no Modbus TCP.
  private static final class Babbler implements Agent {
    private final StreamLink link;
    private final byte[] bytes = new byte[260];

    Babbler(StreamLink link) {
      this.link = link;
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
        if (link.read(bytes, 0, bytes.length) > 0) {
          link.write("HTTP/1.1 400 Bad Request".getBytes(StandardCharsets.US_ASCII), 0, 24);
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

  @Test
  void aConnectionThatIsResetIsMadeAgain() {
    Bench bench = network();
    bench.start();
    bench.run(SECOND);
    bench.network.reset(Bench.PORT);
    bench.run(SECOND);
    assertEquals(Quality.GOOD, bench.sample("t").quality());
    assertEquals(1, bench.report("net").reconnects());
  }

  @Test
  void aConnectionThatDiedSilentlyIsGivenUp() {
    Bench bench = network();
    bench.start();
    bench.run(SECOND);
    bench.network.setBlackHole(Bench.PORT, true);
    bench.run(20 * SECOND);
    assertFalse(bench.report("net").connected());
    bench.network.setBlackHole(Bench.PORT, false);
    bench.run(6 * SECOND);
    assertEquals(Quality.GOOD, bench.sample("t").quality());
  }

  private static Bench withASlowDevice(long periodNanos) {
    Bench bench = new Bench();
    bench.slave(1, new AddressRange(0, 100));
    bench.slave(2, new AddressRange(0, 100));
    bench.serveTcp();
    bench
        .line(Plants.tcp("net", 4))
        .device(Plants.modbus("plc", "net", 1, Plants.holding("t", 0, SECOND)))
        .device(Plants.modbus("slow", "net", 2, Plants.holding("s", 0, periodNanos)))
        .start();
    bench.run(5 * SECOND);
    return bench;
  }

  @Test
  void aDeviceThatFallsSilentLeavesTheConnectionToTheOthers() {
    Bench bench = withASlowDevice(20 * SECOND);
    for (int i = 0; i < 40; i++) {
      if (i == 1) {
        bench.mute(1);
      }
      bench.run(SECOND);
      assertEquals(Quality.GOOD, bench.sample("s").quality(), "after " + i + " s");
    }
    assertEquals(Health.DOWN, bench.health("plc").health());
    assertEquals(0, bench.report("net").reconnects());
  }

  @Test
  void aConnectionThatDiedIsNoticedThoughTheOthersAreAskedSeldom() {
    Bench bench = withASlowDevice(3600 * SECOND);
    bench.network.setBlackHole(Bench.PORT, true);
    bench.run(10 * SECOND);
    assertFalse(bench.report("net").connected());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("s").quality());
    bench.network.setBlackHole(Bench.PORT, false);
    bench.run(6 * SECOND);
    assertEquals(Quality.GOOD, bench.sample("s").quality());
  }

  @Test
  void devicesThatAreDownDoNotHaveTheConnectionOfTheOthersMadeAnew() {
    Bench bench = network();
    for (int unit = 2; unit <= 5; unit++) {
      bench.slave(unit, new AddressRange(0, 100));
      bench.mute(unit);
      bench.device(
          Plants.modbus("dead" + unit, "net", unit, Plants.holding("d" + unit, 0, SECOND)));
    }
    bench
        .instead("plc", Plants.modbus("plc", "net", 1, Plants.holding("t", 0, 5 * SECOND)))
        .start();
    bench.run(300 * SECOND);
    assertEquals(0, bench.report("net").reconnects());
    assertEquals(Quality.GOOD, bench.sample("t").quality());
  }

  @Test
  void aLineThatCannotBeOpenedHoldsUpNobody() {
    Bench bench = network();
    bench.line(Plants.rtu("rs485"));
    bench.device(Plants.modbus("far", "rs485", 9, Plants.holding("u", 0, 100 * MS)));
    bench.pair.unplug("master");
    bench.start();
    bench.run(SECOND);
    assertEquals(Quality.GOOD, bench.sample("t").quality());
    assertEquals(Quality.BAD_NO_COMMUNICATION, bench.sample("u").quality());
  }

  @Test
  void aNoisyLineLosesPollsButNotItsDevice() {
    Bench bench = serial();
    Noise noise = new Noise(bench);
    bench.simulation.start(noise);
    bench.run(60 * SECOND);
    int polls = bench.seen.size();
    assertTrue(noise.bytes > 100, noise.bytes + " bytes of noise");
    assertTrue(bench.report("rs485").errors() > 5, bench.report("rs485").errors() + " errors");
    assertTrue(polls > 450, polls + " polls");
    assertEquals(Health.UP, bench.health("plc").health());
  }

  /// A station that drives the pair when it should not.
  private static final class Noise implements Agent {
    private final Bench bench;
    private final SplittableRandom random = new SplittableRandom(5);
    private final SerialLine line;
    private int bytes;
    private long nextNanos;

    Noise(Bench bench) {
      this.bench = bench;
      try {
        line = bench.pair.opener("noise", SerialSettings.MODBUS_DEFAULT).open();
      } catch (PortException failure) {
        throw new IllegalStateException(failure);
      }
    }

    @Override
    public String name() {
      return "noise";
    }

    @Override
    public void started(AgentHandle handle) {
      nextNanos = bench.simulation.nowNanos();
    }

    @Override
    public long step(long nowNanos) {
      if (nowNanos >= nextNanos) {
        try {
          line.discardInput();
          bytes += line.write(new byte[] {(byte) random.nextInt()}, 0, 1);
        } catch (PortException failure) {
          throw new IllegalStateException(failure);
        }
        nextNanos = nowNanos + random.nextLong(SECOND / 2);
      }
      return nextNanos;
    }

    @Override
    public void stopped() {
      line.close();
    }
  }

  @Test
  void reportsTellHowBusyALineIs() {
    Bench bench = serial();
    bench.run(10 * SECOND);
    // 8 bytes, the answer's silence, 7 bytes at 11 bits and 19200 baud: about 11 ms of 100.
    assertEquals(0.11, bench.report("rs485").utilisation(), 0.02);
    assertEquals(10, bench.report("rs485").transactionsPerSecond(), 0.5);
    assertEquals(List.of("plc"), bench.master().devices().stream().map(d -> d.name()).toList());
  }
}
