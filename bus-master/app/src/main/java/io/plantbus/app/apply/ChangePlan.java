package io.plantbus.app.apply;

import io.plantbus.app.config.PlantFile;
import io.plantbus.master.change.PlantChange;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.proof.PlanProof;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What turns the plant that runs into another, and what that means for those who work with it.
///
/// @param base what runs
/// @param next what is to run
/// @param proof what is proven of that
/// @param change what is different
/// @param scada what becomes of the SCADA endpoint
/// @param pausing devices of both plants that are not asked for a moment, and asked anew
/// @param staying devices that go on undisturbed
/// @param atNextStart parts of the file that are read when a run starts and at no other time
/// @param waiting writes that wait on lines that are closed or whose devices change; those to what
///   changes are rejected
/// @param hints what else a person should know
record ChangePlan(
    PlantVersion base,
    PlantSource next,
    PlanProof proof,
    PlantChange change,
    ScadaChange scada,
    List<String> pausing,
    List<String> staying,
    List<String> atNextStart,
    int waiting,
    List<String> hints) {
  ChangePlan {
    pausing = List.copyOf(pausing);
    staying = List.copyOf(staying);
    atNextStart = List.copyOf(atNextStart);
    hints = List.copyOf(hints);
  }

  /// Compares the plants.
  ///
  /// @param waiting of the lines that [#touched] tells
  static ChangePlan of(
      PlantVersion base, PlantSource next, PlanProof proof, int waiting, List<String> hints) {
    PlantFile before = base.source().plant();
    PlantFile after = next.plant();
    PlantChange change = PlantChange.between(before.plant(), after.plant());
    List<String> pausing = new ArrayList<>();
    List<String> staying = new ArrayList<>();
    for (DeviceSpec device : after.plant().devices()) {
      if (!change.devices().added().contains(device.name())) {
        boolean pauses =
            change.devices().changed().contains(device.name())
                || isReopened(device.line(), before.plant(), after.plant(), change);
        (pauses ? pausing : staying).add(device.name());
      }
    }
    List<String> later = new ArrayList<>();
    if (!Objects.equals(before.audit(), after.audit())) {
      later.add("audit");
    }
    return new ChangePlan(
        base,
        next,
        proof,
        change,
        ScadaChange.between(before.scada(), after.scada()),
        pausing,
        staying,
        later,
        waiting,
        hints);
  }

  /// An I2C bus is opened anew whatever changes on it.
  private static boolean isReopened(String name, Plant before, Plant after, PlantChange change) {
    if (change.lines().changed().contains(name)) {
      return true;
    }
    for (LineSpec line : after.lines()) {
      if (line.name().equals(name) && line.transport() instanceof Transport.I2c) {
        return !before.devicesOn(line).equals(after.devicesOn(line));
      }
    }
    return false;
  }

  /// Lines of the running plant on which anything changes.
  static List<String> touched(Plant before, Plant after) {
    PlantChange change = PlantChange.between(before, after);
    List<String> touched = new ArrayList<>();
    for (LineSpec line : before.lines()) {
      if (change.lines().changed().contains(line.name())
          || change.lines().removed().contains(line.name())
          || before.devicesOn(line).stream().anyMatch(device -> isOther(device, change))) {
        touched.add(line.name());
      }
    }
    return touched;
  }

  private static boolean isOther(DeviceSpec device, PlantChange change) {
    return change.devices().changed().contains(device.name())
        || change.devices().removed().contains(device.name());
  }

  /// Whether nothing is different.
  boolean isEmpty() {
    return change.isEmpty() && scada == ScadaChange.NONE && atNextStart.isEmpty();
  }

  /// Whether nothing is different that a running plant can follow.
  boolean isForNextStartOnly() {
    return change.isEmpty() && scada == ScadaChange.NONE;
  }
}
