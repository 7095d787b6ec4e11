package io.plantbus.simulators.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.scenario.Finding.Result;
import io.plantbus.simulators.scenario.document.PlantNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ScenarioRunTest {
  private static final long MS = 1_000_000;

  private static Verdict run(String text) throws PortException {
    return Scenarios.run(text, null, Subject.NONE);
  }

  private static Finding only(Verdict verdict, String what) {
    List<Finding> found =
        verdict.findings().stream().filter(each -> each.what().contains(what)).toList();
    assertEquals(1, found.size(), () -> what + " in " + verdict.findings());
    return found.getFirst();
  }

  @Test
  void aValueIsExpectedAtTheTimeOfItsStepAndToldAsItWas() throws PortException {
    Verdict verdict =
        run("steps: [{ at: 2s, expect: [{ slave: tank.level, between: [0.9, 1.1] }] }]");

    Finding finding = only(verdict, "slave tank.level");
    assertEquals(Result.MET, finding.result());
    assertEquals(2_000 * MS, finding.endNanos());
    assertEquals("1", finding.seen());
    assertTrue(verdict.isMet());
    assertEquals(2_000 * MS, verdict.lastedNanos());
  }

  @Test
  void whatIsExpectedWithinATimeIsMetWhenItComesAndNotBefore() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - do: [{ set: pump.run, value: true }]
                expect: [{ process: basin.level, above: 1.2, within: 30s }]
            """);

    Finding finding = only(verdict, "basin.level");
    assertEquals(Result.MET, finding.result());
    assertTrue(finding.endNanos() > 1_500 * MS && finding.endNanos() < 10_000 * MS);
  }

  @Test
  void whatDoesNotComeInTimeFailsAtItsDeadlineWithWhatWasSeen() throws PortException {
    Verdict verdict = run("steps: [{ expect: [{ process: basin.level, above: 2, within: 3s }] }]");

    Finding finding = only(verdict, "basin.level");
    assertEquals(Result.FAILED, finding.result());
    assertEquals(3_000 * MS, finding.endNanos());
    assertEquals("1", finding.seen());
    assertEquals("s.yaml:2", finding.place());
    assertFalse(verdict.isMet());
  }

  @Test
  void whatMustLastFailsAsSoonAsItEnds() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - expect: [{ slave: tank.level, below: 2, for: 10s }]
              - at: 4s
                do: [{ set: tank.level, value: 5 }]
            """);

    Finding finding = only(verdict, "slave tank.level");
    assertEquals(Result.FAILED, finding.result());
    assertEquals(4_000 * MS, finding.endNanos());
    assertEquals("5", finding.seen());
  }

  @Test
  void whatComesAndGoesInItsTimeMayComeAgainAndLastThen() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - expect: [{ slave: tank.level, above: 4, within: 10s, for: 3s }]
              - { at: 1s, do: [{ set: tank.level, value: 5, for: 1s }] }
              - { at: 5s, do: [{ set: tank.level, value: 5 }] }
            """);

    Finding finding = only(verdict, "slave tank.level");
    assertEquals(Result.MET, finding.result());
    assertEquals(8_000 * MS, finding.endNanos());
  }

  @Test
  void whatMustNeverBeFailsWhenItIsAndIsMetWhenItsTimeIsOver() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - expect:
                  - { slave: tank.level, above: 4, never: 2s }
                  - { slave: tank.level, above: 4.5, never: 9s }
              - { at: 5s, do: [{ set: tank.level, value: 5 }] }
            """);

    assertEquals(Result.MET, only(verdict, "above 4,").result());
    assertEquals(2_000 * MS, only(verdict, "above 4,").endNanos());
    assertEquals(Result.FAILED, only(verdict, "above 4.5,").result());
    assertEquals(5_000 * MS, only(verdict, "above 4.5,").endNanos());
  }

  @Test
  void aStepWithoutATimeBeginsWhenTheOneBeforeIsDecided() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - expect: [{ process: basin.level, above: 2, never: 7s }]
              - do: [{ note: then }]
              - after: 2s
                do: [{ note: later }]
            """);

    assertEquals(7_000 * MS, only(verdict, "then").beginNanos());
    assertEquals(9_000 * MS, only(verdict, "later").beginNanos());
  }

  @Test
  void aConditionBeginsAStepAndItsAbsenceEndsTheScenario() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - do: [{ set: pump.run, value: true }]
              - when: { process: basin.level, above: 1.1 }
                within: 20s
                do: [{ set: pump.run, value: false }]
              - when: { process: basin.level, above: 2.9 }
                within: 5s
                do: [{ note: unreached }]
                expect: [{ slave: pump.run, equals: false }]
              - { do: [{ note: nor this }] }
            """);

    assertEquals(Result.MET, only(verdict, "above 1.1").result());
    assertEquals(Result.FAILED, only(verdict, "above 2.9").result());
    assertEquals(Result.NOT_REACHED, only(verdict, "unreached").result());
    assertEquals(Result.NOT_REACHED, only(verdict, "slave pump.run").result());
    assertEquals(Result.NOT_REACHED, only(verdict, "nor this").result());
    assertEquals(3, verdict.expectations());
  }

  @Test
  void aValueThatIsSetStandsAgainstItsSensorUntilItIsReleased() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - do: [{ set: tank.level, value: 7 }]
                expect: [{ slave: tank.level, equals: 7, for: 5s }]
              - do: [{ release: tank.level }]
                expect: [{ slave: tank.level, equals: 1, within: 100ms }]
            """);

    assertTrue(verdict.isMet(), () -> verdict.findings().toString());
  }

  @Test
  void aRampMovesAValueEvenlyAndLeavesItAtItsEnd() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - do:
                  - { ramp: tank.level, from: 2, to: 4, over: 10s }
                  - { ramp: drain.setpoint, from: 0, to: 1, over: 4s }
              - { at: 5s, expect: [{ slave: tank.level, equals: 3, tolerance: 0.01 }] }
              - { at: 12s, expect: [{ slave: tank.level, equals: 4, for: 2s }] }
              - { at: 14s, expect: [{ process: drain.position, equals: 1 }] }
            """);

    assertTrue(verdict.isMet(), () -> verdict.findings().toString());
  }

  @Test
  void aPowerCutMakesSlavesForgetAndTheirPhysicsStop() throws PortException {
    Verdict verdict =
        run(
            """
            steps:
              - do:
                  - { set: pump.run, value: true }
                  - { set: pump.speed-setpoint, value: 20 }
              - at: 5s
                expect: [{ process: feed.running, equals: 1 }]
                do: [{ power-cut: rs485, for: 2s }]
              - at: 6s
                expect:
                  - { slave: pump.run, equals: false }
                  - { slave: pump.speed-setpoint, equals: 45 }
                  - { process: feed.running, equals: 0, within: 5s }
            """);

    assertTrue(verdict.isMet(), () -> verdict.findings().toString());
  }

  @Test
  void anEndBehindTheLastStepIsWaitedFor() throws PortException {
    Verdict verdict = run("end: 30s\nsteps: [{ at: 2s, do: [{ note: only this }] }]");

    assertEquals(30_000 * MS, verdict.lastedNanos());
  }

  /// A master that is told what to say.
  private static final class Puppet implements Subject {
    final List<String> told = new ArrayList<>();
    Sample sample = new Sample(TagValue.of(1.0), Quality.GOOD, 0, "");
    List<String> steps = List.of();

    @Override
    public Sample sample(String tag, long nowNanos) {
      return sample;
    }

    @Override
    public DeviceView device(String device) {
      return new DeviceView(DeviceState.DOWN, "no answer");
    }

    @Override
    public AlarmStanding alarm(String tag, AlarmKind kind, long nowNanos) {
      return AlarmStanding.ACTIVE;
    }

    @Override
    public void acknowledge(String tag, long nowNanos) {
      told.add("acknowledge " + tag);
    }

    @Override
    public String lineOf(String name) {
      return "rs485";
    }

    @Override
    public void write(String tag, TagValue value, long timeToLiveNanos, WriteWatch watch) {
      told.add("write " + tag + " " + value);
      for (String step : steps) {
        watch.stepped(step, step.equals(steps.getLast()), "as told");
      }
    }

    @Override
    public void powerOff() {
      told.add("off");
    }

    @Override
    public void powerOn() {
      told.add("on");
    }

    @Override
    public void unplug(String line) {
      told.add("unplug " + line);
    }

    @Override
    public void replug(String line) {
      told.add("replug " + line);
    }
  }

  private static PlantNames plant() {
    DeviceResource run =
        Objects.requireNonNull(
            Objects.requireNonNull(ProfileCatalogue.builtIn().find("pump-drive")).resource("run"));
    return new PlantNames(
        Map.of(
            "pump.run",
            new PlantNames.TagFacts(run, true, true, false, false, Set.of(AlarmKind.BAD_QUALITY))),
        Map.of("pump", true),
        List.of("rs485"));
  }

  @Test
  void whatIsExpectedOfTheMasterIsAskedOfIt() throws PortException {
    Puppet master = new Puppet();
    master.steps = List.of("queued", "sent", "acknowledged", "read-back", "diverged");
    Verdict verdict =
        Scenarios.run(
            """
            steps:
              - do:
                  - { write: pump.run, value: true, outcome: acknowledged, within: 1s }
                  - { write: pump.run, value: false, outcome: confirmed, within: 1s }
                  - { unplug-adapter: rs485, for: 1s }
                  - { power-cut: all, master: true, for: 2s }
                  - { acknowledge: pump.run }
                expect:
                  - { tag: pump.run, equals: true, quality: Good }
                  - { device: pump, health: down }
                  - { alarm: pump.run, limit: bad-quality, state: active, for: 3s }
            """,
            plant(),
            master);

    assertEquals(Result.MET, only(verdict, "write pump.run = true").result());
    Finding diverged = only(verdict, "write pump.run = false");
    assertEquals(Result.FAILED, diverged.result());
    assertEquals("diverged (as told)", diverged.seen());
    assertEquals(Result.MET, only(verdict, "pump.run = true, Good").result());
    assertEquals("down (no answer)", only(verdict, "device pump").seen());
    assertEquals(Result.MET, only(verdict, "alarm pump.run").result());
    assertEquals(
        List.of(
            "write pump.run true",
            "write pump.run false",
            "unplug rs485",
            "off",
            "acknowledge pump.run",
            "replug rs485",
            "on"),
        master.told);
  }
}
