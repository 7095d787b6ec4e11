package io.plantbus.master.proof;

import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Finding.Kind;
import io.plantbus.master.proof.SilentCost.Others;
import io.plantbus.master.proof.bound.Nanos;
import io.plantbus.master.proof.load.LineLoad;
import io.plantbus.master.proof.load.LoadedPoll;
import io.plantbus.master.proof.load.Schedule;
import io.plantbus.master.proof.load.Suspects;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Proves one line.
final class LineProver {
  private final LineLoad load;
  private final Schedule healthy;
  private final Schedule besideSilent;

  private LineProver(LineLoad load) {
    this.load = load;
    this.healthy = Schedule.of(load, Suspects.NONE);
    this.besideSilent = Schedule.of(load, Suspects.known(load.line(), load.timedOutNanos()));
  }

  static LineProof prove(LineLoad.Context context, LineSpec line, List<DeviceSpec> devices) {
    return line.transport() instanceof Transport.I2c
        ? notProven(line)
        : new LineProver(LineLoad.of(context, line, devices)).prove();
  }

  private static LineProof notProven(LineSpec line) {
    Finding why =
        new Finding(
            Kind.NOT_PROVEN,
            "",
            List.of(),
            "transfers on I2C take what their chips take; nothing is proven of line "
                + line.name());
    return new LineProof(
        line.name(),
        Verdict.NOT_PROVEN,
        new Utilisation(1, Map.of(), 0, 0),
        List.of(),
        List.of(),
        List.of(),
        List.of(why),
        List.of(),
        List.of(),
        false);
  }

  private LineProof prove() {
    Utilisation utilisation = Utilisation.of(load);
    List<PollBound> polls = new ArrayList<>(load.polls().size());
    for (LoadedPoll poll : load.polls()) {
      polls.add(PollBound.of(poll, healthy.responseNanos(poll), besideSilent.responseNanos(poll)));
    }
    List<SilentCost> silent = silent();
    LineFindings findings = new LineFindings(load, utilisation, polls, silent);
    List<Finding> found = findings.all();
    return new LineProof(
        load.line().name(),
        verdict(found),
        utilisation,
        polls,
        writes(),
        silent,
        found,
        new Remedies(load).forFindings(found),
        load.turnarounds(),
        healthy.isExact());
  }

  private static Verdict verdict(List<Finding> findings) {
    Verdict worst = Verdict.WORKS;
    for (Finding finding : findings) {
      if (finding.kind() == Kind.OVERLOADED) {
        return Verdict.OVERLOADED;
      }
      if (finding.isRejection()) {
        worst = Verdict.LATE;
      }
    }
    return worst;
  }

  private List<WriteBound> writes() {
    List<WriteBound> bounds = new ArrayList<>();
    if (load.writes().isPossible()) {
      for (Priority priority : Priority.values()) {
        bounds.add(
            new WriteBound(
                priority,
                healthy.writeNanos(priority, false),
                besideSilent.writeNanos(priority, true)));
      }
    }
    return bounds;
  }

  /// One, two, four … and all.
  private List<SilentCost> silent() {
    List<SilentCost> costs = new ArrayList<>();
    int all = (int) load.devices().stream().filter(DeviceSpec::inService).count();
    long timedOut = load.timedOutNanos();
    Others later = others(besideSilent);
    for (int devices = 1; devices > 0 && devices <= all; ) {
      Suspects sudden = Suspects.sudden(load.line(), timedOut, devices);
      costs.add(
          new SilentCost(
              devices,
              sudden.burstNanos(),
              load.line().isolation().suspectShare(),
              others(Schedule.of(load, sudden)),
              later));
      devices = devices == all ? 0 : Math.min(2 * devices, all);
    }
    return costs;
  }

  private Others others(Schedule schedule) {
    String worstTag = "";
    long age = 0;
    double worst = 0;
    int late = 0;
    for (LoadedPoll poll : load.polls()) {
      if (poll.read().priority() != Priority.BACKGROUND) {
        long response = schedule.responseNanos(poll);
        double periods = (double) response / poll.periodNanos();
        if (periods > worst) {
          worst = periods;
          age = Nanos.plus(poll.periodNanos(), response);
          worstTag = poll.read().tags().getFirst().name();
        }
        late += schedule.isLate(poll) ? poll.read().tags().size() : 0;
      }
    }
    return new Others(worstTag, age, late);
  }
}
