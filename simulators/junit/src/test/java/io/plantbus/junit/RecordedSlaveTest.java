package io.plantbus.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@SimulatedPlant("recorded.yaml")
class RecordedSlaveTest {
  @Test
  void whatWasRecordedGoesByTheClockOfTheTestAndAnswersAtOnce(SimulatedBench bench)
      throws IOException {
    try (ModbusTcp master = new ModbusTcp(bench.tcp("net"))) {
      assertEquals(8, master.read(1, 101));
      bench.clock().advance(Duration.ofMillis(2_500).minusNanos(1));
      assertEquals(8, master.read(1, 101));
      bench.clock().advance(Duration.ofNanos(1));
      assertEquals(9, master.read(1, 101));
      assertEquals(9, bench.slave("meter").holding(101));
      assertEquals(7, master.read(1, 100));
      bench.clock().advance(Duration.ofSeconds(5));
      assertTrue(master.answers(1, 100));
      assertEquals(4, bench.slave("meter").requests().getLast().refusal());
    }
  }
}
