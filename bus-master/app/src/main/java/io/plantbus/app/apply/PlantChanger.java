package io.plantbus.app.apply;

import io.plantbus.app.audit.AuditLog;
import io.plantbus.app.config.TlsCheck;
import io.plantbus.app.control.ChangeRequest;
import io.plantbus.app.control.Changer;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.app.wiring.SimulatedPorts;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Reading;
import io.plantbus.hal.PortException;
import io.plantbus.master.BusMaster;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.proof.PlanProof;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Changes the plant of one run. Safe for use by any thread; one change at a time.
///
/// A file is read once, for its plan; what is applied is what was read then. That the file still
/// holds the same is made sure of, so that nobody is surprised by what a restart would run.
public final class PlantChanger implements Changer {
  private static final Logger logger = LoggerFactory.getLogger(PlantChanger.class);

  private final BusMaster master;
  private final ScadaService scada;
  private final @Nullable AuditLog audit;
  private final @Nullable SimulatedPorts simulated;
  private final boolean watched;
  private final Function<String, @Nullable String> environment;
  private final Queue<String> news = new ConcurrentLinkedQueue<>();
  private volatile PlantVersion current;
  private @Nullable PlantVersion previous;
  private @Nullable Draft draft;

  private record Draft(ChangePlan plan, boolean isPrevious) {}

  /// What a change is carried out on.
  ///
  /// @param scada its endpoint
  /// @param audit told of changes; null if no record is kept
  /// @param simulated null unless slaves are simulated
  /// @param watched whether its lines are traced or captured from the start on
  public record Running(
      BusMaster master,
      ScadaService scada,
      @Nullable AuditLog audit,
      @Nullable SimulatedPorts simulated,
      boolean watched) {}

  /// @param first what runs
  /// @param environment gives the value of a variable, or null if it is not set
  public PlantChanger(
      Running running, PlantVersion first, Function<String, @Nullable String> environment) {
    this.master = running.master();
    this.scada = running.scada();
    this.audit = running.audit();
    this.simulated = running.simulated();
    this.watched = running.watched();
    this.current = first;
    this.environment = environment;
  }

  /// What runs now.
  public PlantVersion current() {
    return current;
  }

  /// What there is to tell a person, each sentence once; null if there is nothing.
  public @Nullable String news() {
    return news.poll();
  }

  @Override
  public synchronized Answer plan(ChangeRequest request) {
    draft = null;
    PlantSource next;
    List<Problem> problems = List.of();
    if (request.isPrevious()) {
      PlantVersion former = previous;
      if (former == null) {
        return told(Kind.REFUSED, nothingBefore(), request.json());
      }
      next = former.source();
    } else {
      Reading<PlantSource> reading = PlantSource.read(Path.of(request.file()), environment);
      problems = problems(reading);
      PlantSource read = reading.value();
      if (read == null || problems.stream().anyMatch(Problem::isError)) {
        return wrong(problems, request.json());
      }
      next = read;
    }
    String obstacle = obstacle(next.plant().plant());
    return obstacle.isEmpty()
        ? plan(next, request, problems)
        : told(Kind.REFUSED, obstacle, request.json());
  }

  private String nothingBefore() {
    Path kept = PreviousFile.of(current.source());
    return "nothing was applied since this run was started"
        + (kept == null ? "" : "; a former text may be in " + kept);
  }

  private List<Problem> problems(Reading<PlantSource> reading) {
    List<Problem> problems = new ArrayList<>(reading.problems());
    PlantSource read = reading.value();
    if (read != null && simulated == null) {
      problems.addAll(TlsCheck.of(read.plant(), Instant.now()));
    }
    return problems;
  }

  /// Why a plant cannot take the place of this one; empty if it can.
  private String obstacle(Plant next) {
    Plant now = current.source().plant().plant();
    if (!next.name().equals(now.name())) {
      return "the file is of plant '%s', and '%s' runs".formatted(next.name(), now.name());
    }
    if (simulated != null) {
      for (LineSpec line : next.lines()) {
        if (!now.lines().contains(line) && !simulated.has(line)) {
          return "the slaves of this run are simulated, and there are none for line %s: start it anew"
              .formatted(line.name());
        }
      }
    }
    return "";
  }

  private Answer plan(PlantSource next, ChangeRequest request, List<Problem> warnings) {
    Plant now = current.source().plant().plant();
    Plant plant = next.plant().plant();
    PlanProof proof = PlanProof.of(plant, master.observations());
    List<String> hints = new ArrayList<>();
    warnings.forEach(warning -> hints.add(warning.toString()));
    hints.addAll(hints(now, plant));
    ChangePlan plan =
        ChangePlan.of(current, next, proof, waiting(ChangePlan.touched(now, plant)), hints);
    if (plan.isEmpty()) {
      return told(Kind.NOTHING, "nothing is different", request.json());
    }
    Kind kind = proof.isRejected() ? Kind.REJECTED : Kind.READY;
    draft = new Draft(plan, request.isPrevious());
    return new Answer(
        kind,
        next.digest(),
        request.json() ? List.of(ChangeJson.of(plan, kind.name())) : ChangeText.of(plan));
  }

  private List<String> hints(Plant now, Plant next) {
    List<String> hints = new ArrayList<>();
    List<String> dumb = new ArrayList<>();
    for (LineSpec line : next.lines()) {
      for (DeviceSpec device : next.devicesOn(line)) {
        if (simulated != null && !now.devices().contains(device) && !simulated.has(line, device)) {
          dumb.add(device.name());
        }
      }
    }
    if (!dumb.isEmpty()) {
      hints.add(
          "the slaves of this run are simulated, and none stands behind %s: nobody will answer"
              .formatted(Phrases.names(dumb)));
    }
    if (watched && !now.lines().equals(next.lines())) {
      hints.add("what is traced or captured since the start leaves out lines that are opened now");
    }
    return hints;
  }

  private int waiting(List<String> lines) {
    return master.lines().stream()
        .filter(line -> lines.contains(line.name()))
        .mapToInt(LineReport::queuedWrites)
        .sum();
  }

  @Override
  public synchronized Answer apply(String digest, boolean json, String user) {
    Draft wanted = draft;
    draft = null;
    if (wanted == null || !wanted.plan().next().digest().equals(digest)) {
      return told(Kind.REFUSED, "another plan was asked for since: ask for it again", json);
    }
    if (!wanted.isPrevious() && !isStillThere(wanted.plan().next())) {
      return told(
          Kind.REFUSED,
          wanted.plan().next().file() + " has changed since it was read; nothing was applied",
          json);
    }
    if (wanted.plan().isForNextStartOnly()) {
      return told(Kind.NOTHING, "all that is different takes effect at the next start", json);
    }
    try {
      carryOut(wanted.plan());
    } catch (PortException failure) {
      return told(Kind.FAILED, "SCADA endpoint: " + failure.getMessage(), json);
    } catch (IllegalArgumentException | IllegalStateException refused) {
      return told(Kind.REFUSED, String.valueOf(refused.getMessage()), json);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return told(Kind.REFUSED, "the plant is stopping", json);
    }
    return applied(wanted, json, user);
  }

  private boolean isStillThere(PlantSource read) {
    Path file = read.file();
    PlantSource now = file == null ? null : PlantSource.read(file, environment).value();
    return now != null
        && now.digest().equals(read.digest())
        && now.plant().plant().equals(read.plant().plant());
  }

  /// The endpoint first, for a port may be taken, and nothing else can fail once the plant is
  /// right.
  private void carryOut(ChangePlan plan) throws PortException, InterruptedException {
    ScadaSpec before = plan.base().source().plant().scada();
    ScadaSpec after = plan.next().plant().scada();
    boolean reopens = plan.scada() != ScadaChange.NONE && plan.scada() != ScadaChange.MAP;
    if (reopens) {
      scada.reopen(after);
    }
    try {
      master.apply(plan.next().plant().plant());
    } catch (IllegalArgumentException | IllegalStateException refused) {
      if (reopens) {
        scada.reopen(before);
      }
      throw refused;
    }
    if (plan.scada() == ScadaChange.MAP && after != null) {
      scada.serve(after);
    }
  }

  private Answer applied(Draft done, boolean json, String user) {
    PlantVersion former = current;
    ChangePlan plan = done.plan();
    PlantVersion now =
        new PlantVersion(former.number() + 1, plan.next(), plan.proof(), Instant.now(), user);
    previous = former;
    current = now;
    List<String> rows = new ArrayList<>();
    rows.add("version %d runs".formatted(now.number()));
    String kept = done.isPrevious() ? restored(now, rows) : kept(former.source(), now, rows);
    record(now);
    return new Answer(
        Kind.DONE,
        plan.next().digest(),
        json ? List.of(ChangeJson.applied(now, kept)) : List.copyOf(rows));
  }

  private static String restored(PlantVersion now, List<String> rows) {
    rows.add(
        now.source().file() == null
            ? "a restart runs what it is started with"
            : "a restart runs what %s holds then: see that it is what you want"
                .formatted(now.source().file()));
    return "";
  }

  private static String kept(PlantSource former, PlantVersion now, List<String> rows) {
    Path file = PreviousFile.of(former);
    if (file == null || file.equals(now.source().file())) {
      rows.add("'plantbus apply --previous' goes back, as long as this run lasts");
      return "";
    }
    try {
      PreviousFile.keep(former, file);
      rows.add("'plantbus apply --previous' goes back; the text that ran before is in " + file);
      return file.toString();
    } catch (IOException failure) {
      rows.add(
          "'plantbus apply --previous' goes back, as long as this run lasts; the text that ran"
              + " before cannot be kept: "
              + failure);
      return "";
    }
  }

  private void record(PlantVersion now) {
    String file = String.valueOf(now.source().file());
    logger
        .atInfo()
        .addKeyValue("plant", now.source().plant().plant().name())
        .addKeyValue("version", now.number())
        .addKeyValue("file", file)
        .addKeyValue("sha256", now.source().digest())
        .addKeyValue("user", now.user())
        .log("Another plant was applied");
    if (audit != null) {
      audit.applied(now.number(), file, now.source().digest(), now.user());
    }
    news.add(
        "version %d of the plant runs%s"
            .formatted(now.number(), now.user().isEmpty() ? "" : ", applied by " + now.user()));
  }

  private static Answer wrong(List<Problem> problems, boolean json) {
    String count = problems.size() == 1 ? "1 mistake" : problems.size() + " mistakes";
    if (json) {
      return told(Kind.WRONG, ChangeJson.told(Kind.WRONG.name(), count, problems));
    }
    List<String> rows = new ArrayList<>();
    rows.add(count);
    problems.forEach(problem -> rows.add("  " + problem.toString().replaceAll("\\R", " ")));
    return new Answer(Kind.WRONG, "", rows);
  }

  private static Answer told(Kind kind, String sentence, boolean json) {
    return told(kind, json ? ChangeJson.told(kind.name(), sentence, List.of()) : sentence);
  }

  private static Answer told(Kind kind, String row) {
    return new Answer(kind, "", List.of(row.replaceAll("\\R", " ")));
  }
}
