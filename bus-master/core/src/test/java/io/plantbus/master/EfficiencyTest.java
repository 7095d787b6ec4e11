package io.plantbus.master;

import static io.plantbus.master.Bench.MS;
import static io.plantbus.master.Bench.SECOND;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How much of what a line could carry is carried: 32 slaves, 1,000 tags, more polls than it has
/// time for, so that it never rests.
class EfficiencyTest {
  private static final int SLAVES = 32;
  private static final int TAGS = 32;

  @ParameterizedTest
  @ValueSource(ints = {9_600, 19_200, 115_200})
  void aBusyLineCarriesNearlyAllThatTheWireAndTheSlavesAllow(int baud) {
    SerialSettings settings = SerialSettings.of(baud, "8E1");
    Bench bench = new Bench();
    for (int unit = 1; unit <= SLAVES; unit++) {
      bench.slave(unit, new AddressRange(0, 4000));
      TagSpec[] tags = new TagSpec[TAGS];
      for (int i = 0; i < TAGS; i++) {
        // Blocks of eight, too far from each other to be bridged.
        tags[i] = Plants.holding("d" + unit + "." + i, 500 * (i / 8) + i % 8, 100 * MS);
      }
      bench.device(Plants.modbus("d" + unit, "rs485", unit, tags));
    }
    bench.serveRtu(settings);
    bench.line(Plants.rtu("rs485", settings)).start();
    bench.run(30 * SECOND);
    List<Bench.Seen> seen = bench.seen.stream().filter(one -> one.nanos() > 10 * SECOND).toList();
    long least = 0;
    for (Bench.Seen one : seen.subList(0, seen.size() - 1)) {
      least += leastNanos((Request.Read) one.request(), settings);
    }
    double share = (double) least / (seen.getLast().nanos() - seen.getFirst().nanos());
    assertTrue(share >= 0.98, share + " of what the wire allows at " + baud + " baud");
  }

  /// Both frames, and the silence before each; a simulated slave answers without further ado.
  private static long leastNanos(Request.Read read, SerialSettings settings) {
    RtuTiming timing = new RtuTiming(settings.baud(), settings.bitsPerCharacter());
    int bytes = 8 + 5 + 2 * read.range().count();
    return bytes * timing.characterNanos() + 2 * timing.interFrameNanos();
  }
}
