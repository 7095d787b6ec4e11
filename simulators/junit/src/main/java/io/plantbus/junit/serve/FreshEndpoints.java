package io.plantbus.junit.serve;

import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.BenchLine.Unit;
import io.plantbus.simulators.bench.BenchLine.Wire;
import io.plantbus.simulators.bench.Listening;
import java.util.List;

/// Makes a bench of a file fit for a test: endpoints that nobody else has, answers at once.
public final class FreshEndpoints {
  /// Where TCP and UDP lines listen.
  public static final String LOOPBACK = "127.0.0.1";

  private FreshEndpoints() {}

  /// The same bench with another seed.
  public static Bench seeded(Bench bench, long seed) {
    return new Bench(
        bench.name(), seed, bench.lines(), bench.process(), bench.faults(), bench.origins());
  }

  /// The same bench on any free ports of the loopback and on links without a place of their own.
  public static Bench fresh(Bench bench) {
    return with(bench, bench.lines().stream().map(FreshEndpoints::fresh).toList());
  }

  /// The same bench without the turnarounds of its slaves and without the time that bytes take on
  /// its wires.
  public static Bench prompt(Bench bench) {
    return with(bench, bench.lines().stream().map(FreshEndpoints::prompt).toList());
  }

  private static Bench with(Bench bench, List<BenchLine> lines) {
    return new Bench(
        bench.name(), bench.seed(), lines, bench.process(), bench.faults(), bench.origins());
  }

  private static BenchLine fresh(BenchLine line) {
    return switch (line) {
      case BenchLine.Serial serial -> serial(serial, "", serial.wire(), serial.units());
      case BenchLine.Tcp tcp -> tcp(tcp, fresh(tcp.listening()), tcp.units());
      case BenchLine.Udp udp -> new BenchLine.Udp(udp.name(), fresh(udp.listening()), udp.units());
      case BenchLine.I2c i2c -> i2c;
    };
  }

  private static Listening fresh(Listening listening) {
    return new Listening(LOOPBACK, 0, listening.settings());
  }

  private static BenchLine prompt(BenchLine line) {
    return switch (line) {
      case BenchLine.Serial serial ->
          serial(serial, serial.endpoint(), Wire.PLAIN, prompt(serial.units()));
      case BenchLine.Tcp tcp -> tcp(tcp, tcp.listening(), prompt(tcp.units()));
      case BenchLine.Udp udp -> new BenchLine.Udp(udp.name(), udp.listening(), prompt(udp.units()));
      case BenchLine.I2c i2c -> i2c;
    };
  }

  private static List<Unit> prompt(List<Unit> units) {
    return units.stream()
        .map(
            unit ->
                new Unit(
                    unit.name(), unit.unit(), unit.content(), leastDelay(unit), unit.services()))
        .toList();
  }

  /// What was recorded has a turnaround of its own unless it is told another.
  private static long leastDelay(Unit unit) {
    return unit.content() instanceof BenchLine.Content.Replay ? 1 : 0;
  }

  private static BenchLine serial(
      BenchLine.Serial line, String endpoint, Wire wire, List<Unit> units) {
    return new BenchLine.Serial(
        line.name(), endpoint, line.framing(), line.strictGaps(), line.settings(), wire, units);
  }

  private static BenchLine tcp(BenchLine.Tcp line, Listening listening, List<Unit> units) {
    return new BenchLine.Tcp(line.name(), listening, line.framing(), line.tls(), units);
  }
}
