package io.plantbus.app.soak;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.soak.invariant.Invariant;
import io.plantbus.simulators.fault.FaultKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a soak tells: for a person, or for a script.
public final class SoakReport {
  private static final long EVERY_NANOS = 15_000_000_000L;

  private final PrintWriter out;
  private final long seed;
  private final int jobs;
  private long toldNanos;

  /// @param seed of the first case
  /// @param jobs cases at once
  public SoakReport(PrintWriter out, long seed, int jobs) {
    this.out = out;
    this.seed = seed;
    this.jobs = jobs;
  }

  /// Before the first case.
  public void begin(double hours) {
    out.printf(
        Locale.ROOT,
        "Soaking %d devices on a pair at %s and %d on a network: seed %d, %s bus hours, %d at once%n",
        SoakPlant.ON_THE_PAIR,
        SoakPlant.SETTINGS,
        SoakPlant.DEVICES - SoakPlant.ON_THE_PAIR,
        seed,
        hours == Math.rint(hours) ? Long.toString((long) hours) : Double.toString(hours),
        jobs);
    out.flush();
  }

  /// Between two cases: a line now and then.
  ///
  /// @param tookNanos since the beginning
  public void progress(SoakCount count, long tookNanos) {
    if (tookNanos - toldNanos >= EVERY_NANOS) {
      toldNanos = tookNanos;
      out.printf(
          Locale.ROOT,
          "  %,10.1f bus hours  %,15d transactions  %,8.0f s%n",
          count.busHours(),
          count.transactions(),
          tookNanos / 1e9);
      out.flush();
    }
  }

  /// After the last.
  public void print(SoakCount count, long tookNanos) {
    double seconds = tookNanos / 1e9;
    out.println();
    out.printf(
        Locale.ROOT,
        "  %,.1f bus hours in %,.1f s: %.2f bus hours a second, %.2f on each of %d threads%n",
        count.busHours(),
        seconds,
        count.busHours() / seconds,
        count.busHours() / seconds / jobs,
        jobs);
    ProcessHandle.current().info().totalCpuDuration().ifPresent(cpu -> printCost(count, cpu));
    out.printf(
        Locale.ROOT,
        "  %,d cases, %,d transactions, %,d writes%n",
        count.cases(),
        count.transactions(),
        count.writes());
    out.println();
    out.println("  faults that struck");
    count.faults().forEach(this::printStruck);
    out.printf(
        Locale.ROOT,
        "  %,16d  late answers that nobody can tell from one to the same request%n",
        count.sameRequest());
    out.printf(
        Locale.ROOT, "  %,16d  garbled frames with a right checksum%n", count.beyondChecksum());
    out.println();
    out.println("  invariants checked");
    for (Invariant invariant : Invariant.values()) {
      out.printf(
          Locale.ROOT,
          "  %,16d  %s%n",
          count.checks().getOrDefault(invariant, 0L),
          invariant.words());
    }
    out.println();
    out.flush();
  }

  private void printCost(SoakCount count, Duration cpu) {
    double seconds = Math.max(cpu.toMillis(), 1) / 1e3;
    out.printf(
        Locale.ROOT,
        "  %,.1f s of processor time in all: %.2f bus hours, %,.0f transactions for each%n",
        seconds,
        count.busHours() / seconds,
        count.transactions() / seconds);
  }

  private void printStruck(FaultKind kind, long times) {
    if (times > 0) {
      out.printf(Locale.ROOT, "  %,16d  %s%n", times, word(kind));
    }
  }

  private static String word(FaultKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// The case that failed.
  public void print(Soak.Failure failure, Shrinker.Result small) {
    out.println("Violated in case " + failure.soakCase() + " at " + failure.violation());
    out.printf("Made small in %d runs; violated then at %s%n", small.runs(), small.violation());
    out.println("Repeat it with");
    out.println("  plantbus soak --repeat " + small.smallest());
    out.flush();
  }

  /// The same as members of an object.
  public void write(
      JsonGenerator json,
      SoakCount count,
      long tookNanos,
      Soak.@Nullable Failure failure,
      Shrinker.@Nullable Result small)
      throws IOException {
    json.writeNumberField("seed", seed);
    json.writeNumberField("jobs", jobs);
    json.writeNumberField("busHours", count.busHours());
    json.writeNumberField("seconds", tookNanos / 1e9);
    json.writeNumberField("cases", count.cases());
    json.writeNumberField("transactions", count.transactions());
    json.writeNumberField("writes", count.writes());
    json.writeObjectFieldStart("faults");
    for (var fault : count.faults().entrySet()) {
      json.writeNumberField(word(fault.getKey()), fault.getValue());
    }
    json.writeEndObject();
    json.writeObjectFieldStart("checked");
    for (var check : count.checks().entrySet()) {
      json.writeNumberField(check.getKey().name().toLowerCase(Locale.ROOT), check.getValue());
    }
    json.writeEndObject();
    if (failure != null && small != null) {
      json.writeObjectFieldStart("violation");
      json.writeStringField("case", failure.soakCase().toString());
      json.writeStringField("what", failure.violation().toString());
      json.writeStringField("repeat", small.smallest().toString());
      json.writeEndObject();
    }
  }
}
