package io.plantbus.protocols.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.plantbus.protocols.capture.traffic.CapturedExchange;
import io.plantbus.protocols.capture.traffic.CapturedTraffic;
import io.plantbus.protocols.capture.traffic.TrafficReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class TrafficReaderFuzzTest {
  /// Any file is read to its end or its damage, and what is found in it is in order and bounded.
  @FuzzTest
  void anyFileIsReadAsFarAsItGoes(byte[] file) throws IOException {
    CapturedTraffic traffic = TrafficReader.read(new ByteArrayInputStream(file));

    long last = Long.MIN_VALUE;
    for (CapturedExchange exchange : traffic.exchanges()) {
      assertTrue(exchange.requestNanos() >= last);
      assertTrue(exchange.turnaroundNanos() >= 0);
      assertTrue(exchange.packet() >= 1 && exchange.packet() <= traffic.packets());
      assertTrue(exchange.request().length() >= 1);
      last = exchange.requestNanos();
    }
    assertEquals(traffic, TrafficReader.read(new ByteArrayInputStream(file)));
  }
}
