package io.plantbus.simulators.i2c;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Edges on the wires, and random transfers against what the specification says of their bytes.
class WireTimingTest {
  private static final I2cAddress ADDRESS = I2cAddress.of(0x44);
  private static final I2cAddress TEN_BIT = new I2cAddress(0x144, true);

  /// Levels of the wires from one change to the next.
  private record Span(long from, boolean scl, boolean sda) {}

  private static List<Span> spans(I2cWaveform waveform) {
    List<Span> spans = new ArrayList<>();
    long from = 0;
    String before = "";
    for (String line : waveform.toText().lines().toList()) {
      long at = Long.parseLong(line.substring(0, line.indexOf(' ')));
      if (!before.isEmpty()) {
        spans.add(new Span(from, before.contains("SCL=1"), before.contains("SDA=1")));
      }
      from = at;
      before = line;
    }
    return spans;
  }

  @ParameterizedTest
  @CsvSource({
    "50000, 4700, 4000, 4700, 4000, 4000, 4700, 250",
    "100000, 4700, 4000, 4700, 4000, 4000, 4700, 250",
    "400000, 1300, 600, 600, 600, 600, 1300, 100",
    "1000000, 500, 260, 260, 260, 260, 500, 50"
  })
  void noTimeOfTheSpecificationIsCutShort(
      int clock, int low, int high, int setStart, int holdStart, int setStop, int free, int setData)
      throws PortException {
    WireBench bench = new WireBench(clock);
    bench.attach(ADDRESS, "chip");
    I2cWaveform waveform = new I2cWaveform(10_000);
    bench.bus.draw(waveform);
    SplittableRandom random = new SplittableRandom(clock);
    for (int i = 0; i < 20; i++) {
      byte[] out = new byte[random.nextInt(4)];
      random.nextBytes(out);
      bench.port.transfer(ADDRESS, out, new byte[random.nextInt(3)]);
    }
    assertEquals(0, waveform.dropped());
    long rose = Long.MIN_VALUE / 2;
    long fell = 0;
    long changed = Long.MIN_VALUE / 2;
    long started = Long.MIN_VALUE / 2;
    long stopped = Long.MIN_VALUE / 2;
    List<Span> spans = spans(waveform);
    for (int i = 1; i < spans.size(); i++) {
      Span was = spans.get(i - 1);
      Span is = spans.get(i);
      long at = is.from();
      if (was.scl() != is.scl() && is.scl()) {
        assertTrue(at - fell >= low, "tLOW at " + at);
        assertTrue(at - changed >= setData, "tSU;DAT at " + at);
        rose = at;
      } else if (was.scl() != is.scl()) {
        assertTrue(at - rose >= high || started > rose, "tHIGH at " + at);
        assertTrue(at - started >= holdStart, "tHD;STA at " + at);
        fell = at;
      } else if (is.scl() && is.sda()) {
        assertTrue(at - rose >= setStop, "tSU;STO at " + at);
        stopped = at;
      } else if (is.scl()) {
        assertTrue(at - rose >= setStart, "tSU;STA at " + at);
        assertTrue(at - stopped >= free, "tBUF at " + at);
        started = at;
      } else {
        changed = at;
      }
    }
  }

  @Test
  void randomTransfersEndAndLastAsTheirBytesSay() throws PortException {
    WireBench bench = new WireBench(100_000);
    WireBench.Memory seven = bench.attach(ADDRESS, "seven");
    WireBench.Memory ten = bench.attach(TEN_BIT, "ten");
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 2_000; i++) {
      boolean isTen = random.nextInt(4) == 0;
      WireBench.Memory chip = isTen ? ten : seven;
      byte[] out = new byte[random.nextInt(6)];
      random.nextBytes(out);
      byte[] in = new byte[random.nextInt(6)];
      chip.present = random.nextInt(8) > 0;
      int room = random.nextInt(3) == 0 ? random.nextInt(6) : 100;
      chip.room = room;
      chip.content = random.nextInt(256);
      chip.stretchByteNanos = random.nextInt(4) == 0 ? 1_000L * random.nextInt(1_000) : 0;
      chip.seen.clear();
      bench.simulation.runFor(1_000_000_000);
      long before = bench.bus.busyNanos();
      I2cOutcome outcome = bench.port.transfer(isTen ? TEN_BIT : ADDRESS, out, in);
      long took = bench.bus.busyNanos() - before;

      boolean writes = isTen || out.length > 0 || in.length == 0;
      int accepted = Math.min(out.length, room);
      int bytes;
      if (!chip.present) {
        assertEquals(I2cOutcome.NOT_ACKNOWLEDGED, outcome);
        bytes = isTen ? 2 : 1;
      } else if (accepted < out.length) {
        assertEquals(I2cOutcome.DATA_NOT_ACKNOWLEDGED, outcome);
        bytes = (isTen ? 2 : 1) + accepted + 1;
      } else {
        assertEquals(I2cOutcome.COMPLETED, outcome);
        bytes = (isTen ? 2 : writes ? 1 : 0) + out.length;
        bytes += in.length > 0 ? 1 + in.length : 0;
        for (byte value : in) {
          assertEquals(chip.content, value & 0xFF);
        }
      }
      boolean repeats = outcome == I2cOutcome.COMPLETED && writes && in.length > 0;
      // A transfer that was to repeat its START gave its first one less time.
      long saved = outcome != I2cOutcome.COMPLETED && writes && in.length > 0 ? 3_400 : 0;
      int stretched = chip.present ? accepted : 0;
      stretched += outcome == I2cOutcome.COMPLETED && in.length > 0 ? in.length - 1 : 0;
      assertEquals(
          (2L + (repeats ? 1 : 0) + 9L * bytes) * 10_000
              - saved
              + stretched * chip.stretchByteNanos,
          took,
          "transfer " + i);
      assertEquals("P", chip.seen.getLast());
    }
  }

  @Test
  void aWaveformIsAValueChangeDump() throws PortException {
    WireBench bench = new WireBench(100_000);
    I2cWaveform waveform = new I2cWaveform(1_000);
    bench.bus.draw(waveform);
    bench.write(0x44);
    bench.bus.draw(null);
    bench.write(0x44);
    String vcd = waveform.toVcd();
    assertTrue(vcd.startsWith("$timescale 1 ns $end\n"), vcd);
    // START, then the first bit of 0x88: SDA rises while SCL is low.
    assertTrue(
        vcd.contains("#0\n1c\n1d\n#6000\n0d\n#10000\n0c\n#10300\n1d\n#14700\n1c\n#20000\n0c\n"),
        vcd);
    // START, nine pulses and a STOP.
    assertEquals(10, vcd.lines().filter("0c"::equals).count());
    assertTrue(vcd.endsWith("#108700\n1d\n"), vcd);
  }

  @Test
  void aFullWaveformCountsWhatItDoesNotKeep() throws PortException {
    WireBench bench = new WireBench(100_000);
    I2cWaveform waveform = new I2cWaveform(10);
    bench.bus.draw(waveform);
    bench.write(0x44);
    assertEquals(10, waveform.edges());
    assertTrue(waveform.dropped() > 10);
  }
}
