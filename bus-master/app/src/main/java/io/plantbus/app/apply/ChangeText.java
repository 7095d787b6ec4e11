package io.plantbus.app.apply;

import io.plantbus.app.scada.ScadaPoint;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.master.change.Difference;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.proof.LineProof;
import io.plantbus.master.proof.TagBound;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A plan as rows for a person.
final class ChangeText {
  private final ChangePlan plan;
  private final Plant before;
  private final Plant after;
  private final List<String> rows = new ArrayList<>();

  private ChangeText(ChangePlan plan) {
    this.plan = plan;
    this.before = plan.base().source().plant().plant();
    this.after = plan.next().plant().plant();
  }

  static List<String> of(ChangePlan plan) {
    ChangeText text = new ChangeText(plan);
    text.plan();
    return text.rows.stream().map(row -> row.replaceAll("\\R", " ")).toList();
  }

  private void plan() {
    rows.add(
        "plant %s: version %d runs; version %d would be %s (sha256 %s)"
            .formatted(
                after.name(),
                plan.base().number(),
                plan.base().number() + 1,
                plan.next().name().isEmpty() ? "its first text" : plan.next().name(),
                plan.next().shortDigest()));
    lines();
    devices();
    loops();
    outputs();
    scada();
    proof();
    rows.add("");
    rows.add(pause());
    if (plan.waiting() > 0) {
      rows.add(
          "! %s on these lines now; those to what changes are rejected"
              .formatted(plan.waiting() == 1 ? "1 write waits" : plan.waiting() + " writes wait"));
    }
    for (String section : plan.atNextStart()) {
      rows.add("! '" + section + "' is different; that takes effect at the next start");
    }
    plan.hints().forEach(hint -> rows.add("! " + hint));
  }

  private void section(String title, List<String> content) {
    if (!content.isEmpty()) {
      rows.add("");
      rows.add("  " + title);
      content.forEach(row -> rows.add("    " + row));
    }
  }

  private static <T> T named(List<T> things, Function<T, String> name, String wanted) {
    return things.stream()
        .filter(thing -> name.apply(thing).equals(wanted))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(wanted));
  }

  private void lines() {
    List<String> content = new ArrayList<>();
    Difference lines = plan.change().lines();
    for (String name : lines.added()) {
      LineSpec line = named(after.lines(), LineSpec::name, name);
      content.add("+ " + name + " is opened: " + LineWords.endpoint(line));
    }
    for (String name : lines.changed()) {
      LineSpec former = named(before.lines(), LineSpec::name, name);
      LineSpec line = named(after.lines(), LineSpec::name, name);
      content.add(
          "~ %s is closed and opened again: %s"
              .formatted(name, String.join("; ", LineWords.changes(former, line))));
    }
    lines.removed().forEach(name -> content.add("- " + name + " is closed"));
    section("lines", content);
  }

  private void devices() {
    List<String> content = new ArrayList<>();
    Difference devices = plan.change().devices();
    for (String name : devices.added()) {
      content.add("+ " + DeviceWords.whole(named(after.devices(), DeviceSpec::name, name)));
    }
    for (String name : devices.changed()) {
      DeviceSpec former = named(before.devices(), DeviceSpec::name, name);
      DeviceSpec device = named(after.devices(), DeviceSpec::name, name);
      content.add("~ " + name + ": " + String.join("; ", DeviceWords.changes(former, device)));
    }
    for (String name : devices.removed()) {
      content.add("- " + DeviceWords.whole(named(before.devices(), DeviceSpec::name, name)));
    }
    section("devices", content);
  }

  private void loops() {
    List<String> content = new ArrayList<>();
    Difference loops = plan.change().loops();
    loops.added().forEach(name -> content.add("+ " + name + " starts"));
    loops.changed().forEach(name -> content.add("~ " + name + " stops and starts anew"));
    for (String name : loops.removed()) {
      LoopSpec loop = named(before.loops(), LoopSpec::name, name);
      String output =
          switch (loop) {
            case LoopSpec.Hysteresis hysteresis -> hysteresis.output();
          };
      content.add("- " + name + " stops; " + output + " stays as it is then");
    }
    section("loops", content);
  }

  private void outputs() {
    List<String> content = new ArrayList<>();
    for (String output : plan.change().droppedOutputs()) {
      content.add("- " + output + " leaves the plant and stays as it is: no safe state is written");
    }
    section("outputs", content);
  }

  private void scada() {
    ScadaSpec spec = plan.next().plant().scada();
    List<String> content = new ArrayList<>();
    switch (plan.scada()) {
      case NONE -> {}
      case MAP -> {
        content.add("~ it serves " + points(spec) + "; clients stay connected");
        points(content);
      }
      case OPENED -> content.add("+ it is opened with " + points(spec));
      case CLOSED -> content.add("- it is closed; its clients lose their connections");
      case REOPENED ->
          content.add(
              "~ where or to whom it is served changes: it is closed and opened again with "
                  + points(spec)
                  + "; its clients must connect anew");
    }
    section("SCADA endpoint", content);
  }

  private void points(List<String> content) {
    ScadaSpec former = plan.base().source().plant().scada();
    ScadaSpec spec = plan.next().plant().scada();
    if (former == null || spec == null) {
      return;
    }
    Difference points =
        Difference.between(
            former.points(),
            spec.points(),
            point -> point.table().keyword() + ":" + point.address());
    points.added().forEach(at -> content.add("+ " + at + " " + tag(spec, at)));
    points.changed().forEach(at -> content.add("~ " + at + " " + tag(spec, at)));
    points.removed().forEach(at -> content.add("- " + at + " " + tag(former, at)));
  }

  private static String tag(ScadaSpec spec, String at) {
    ScadaPoint point =
        named(spec.points(), each -> each.table().keyword() + ":" + each.address(), at);
    return point.tag() + (point.writable() ? ", writable" : "");
  }

  private static String points(@Nullable ScadaSpec spec) {
    return Phrases.count(spec == null ? 0 : spec.points().size(), "point");
  }

  private void proof() {
    List<String> content = new ArrayList<>();
    for (LineProof line : plan.proof().lines()) {
      LineProof former =
          plan.base().proof().lines().stream()
              .filter(each -> each.line().equals(line.line()))
              .findFirst()
              .orElse(null);
      boolean isNews =
          former == null
              || former.verdict() != line.verdict()
              || Math.abs(former.utilisation().total() - line.utilisation().total()) >= 0.001;
      if (isNews || line.verdict().isRejected()) {
        content.add(proof(line, former));
      }
    }
    section("proof", content);
  }

  private static String proof(LineProof line, @Nullable LineProof former) {
    String load = Phrases.percent(line.utilisation().total());
    TagBound worst = line.worst();
    return switch (line.verdict()) {
      case NOT_PROVEN -> line.line() + ": nothing is proven of this kind of line";
      case WORKS ->
          "%s: %s of its time is used%s; every value comes in time%s"
              .formatted(
                  line.line(),
                  load,
                  former == null
                      ? ""
                      : ", " + Phrases.percent(former.utilisation().total()) + " before",
                  worst == null
                      ? ""
                      : ", %s is %s old at worst"
                          .formatted(worst.tag().name(), Phrases.worst(worst.ageNanos())));
      case LATE, OVERLOADED ->
          "! %s: %s of its time is asked for; it cannot keep every deadline%s"
              .formatted(
                  line.line(),
                  load,
                  line.findings().isEmpty() ? "" : ": " + line.findings().getFirst().message());
    };
  }

  private String pause() {
    String undisturbed =
        plan.staying().isEmpty()
            ? ""
            : plan.staying().size() == 1
                ? "; 1 device goes on undisturbed"
                : "; " + plan.staying().size() + " devices go on undisturbed";
    if (plan.pausing().isEmpty()) {
      return "No device pauses" + undisturbed + ".";
    }
    return "Only %s pause%s%s."
        .formatted(
            Phrases.names(plan.pausing()), plan.pausing().size() == 1 ? "s" : "", undisturbed);
  }
}
