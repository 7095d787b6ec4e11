package io.plantbus.simulators.bench;

import io.plantbus.simulators.fault.Fault;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Simulated slaves and what happens to them.
///
/// @param name what the bench is called
/// @param seed of all random numbers
/// @param lines names unique, and names of their slaves unique among all of them
/// @param process the physics behind the slaves
/// @param faults by names of slaves and lines; times count from the start
/// @param origins where the lines are written
public record Bench(
    String name,
    long seed,
    List<BenchLine> lines,
    BenchProcess process,
    List<Fault> faults,
    Origins origins) {
  public Bench {
    lines = List.copyOf(lines);
    faults = List.copyOf(faults);
    Set<String> names = new HashSet<>();
    for (BenchLine line : lines) {
      requireNew(names, line.name());
      line.slaves().forEach(slave -> requireNew(names, slave));
    }
  }

  /// A bench without physics and faults.
  public static Bench of(String name, long seed, List<BenchLine> lines) {
    return new Bench(name, seed, lines, BenchProcess.NONE, List.of(), Origins.NONE);
  }

  /// The same with every endpoint unsecured.
  public Bench withoutTls() {
    List<BenchLine> plain = new ArrayList<>();
    for (BenchLine line : lines) {
      plain.add(line instanceof BenchLine.Tcp tcp ? tcp.withoutTls() : line);
    }
    return new Bench(name, seed, plain, process, faults, origins);
  }

  /// The same with another seed.
  public Bench withSeed(long other) {
    return new Bench(name, other, lines, process, faults, origins);
  }

  private static void requireNew(Set<String> names, String name) {
    if (!names.add(name)) {
      throw new IllegalArgumentException(
          "the name '" + name + "' stands for two things; give one of them another name");
    }
  }
}
