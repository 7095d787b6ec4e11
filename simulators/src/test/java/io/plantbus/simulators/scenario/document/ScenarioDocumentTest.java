package io.plantbus.simulators.scenario.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.document.Reading;
import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.PortException;
import io.plantbus.simulators.scenario.AlarmKind;
import io.plantbus.simulators.scenario.Scenario;
import io.plantbus.simulators.scenario.Scenarios;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioDocumentTest {
  private static PlantNames.TagFacts facts(String profile, String resource, boolean isRead) {
    DeviceProfile found = Objects.requireNonNull(ProfileCatalogue.builtIn().find(profile));
    DeviceResource named = Objects.requireNonNull(found.resource(resource));
    return new PlantNames.TagFacts(named, isRead, true, false, false, Set.of(AlarmKind.HIGH));
  }

  private static final PlantNames PLANT =
      new PlantNames(
          Map.of(
              "tank.level", facts("tank-level-transmitter", "level", true),
              "pump.run", facts("pump-drive", "run", true),
              "pump.speed-setpoint", facts("pump-drive", "speed-setpoint", false)),
          Map.of("pump", true, "old", false),
          List.of("rs485"));

  /// The steps stand from line 3 on.
  private static Reading<Scenario> read(String step) throws PortException {
    return Scenarios.read("steps:\n  - " + step + "\n", PLANT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          { expect: [{ tag: tank.lvl, above: 1 }] }                    | expect[0].tag: there is no tag 'tank.lvl'; did you mean 'tank.level'?
          { expect: [{ device: pmp, health: up }] }                    | there is no device 'pmp'; did you mean 'pump'?
          { expect: [{ slave: tank.levle, above: 1 }] }                | there is no resource 'levle'; did you mean 'level'?
          { expect: [{ slave: tnk.level, above: 1 }] }                 | there is no slave 'tnk'; did you mean 'tank'?
          { expect: [{ process: basn.level, above: 1 }] }              | there is no part of the process 'basn'; did you mean 'basin'?
          { expect: [{ process: basin.weight, above: 1 }] }            | expect[0].process: a tank has level
          { do: [{ unplug: pmup }] }                                   | there is no slave or line 'pmup'; did you mean 'pump'?
          { do: [{ unplug-adapter: rs484 }] }                          | there is no serial line 'rs484'; did you mean 'rs485'?
          { do: [{ command: feed.run, value: 1 }] }                    | write 'set: pump.run' instead
          { do: [{ command: feed.rum, value: 1 }] }                    | do[0].command: a pump has run
          { do: [{ unplgu: pump }] }                                   | did you mean 'unplug' by 'unplgu'?
          { do: [{ set: pump.speed-setpoint, value: fast }] }          | do[0].value
          { do: [{ ramp: tank.level, to: 1e300, over: 1s, from: x }] } | do[0].from: 'x' is not a number
          { do: [{ write: tank.level, value: 1 }] }                    | tank.level cannot be written; name an output
          { do: [{ write: pump.run, value: 3 }] }                      | do[0].value
          { do: [{ write: pump.speed-setpoint, value: 600 }] }         | this can never be: speed-setpoint takes 0 to
          { do: [{ write: pump.run, value: true, outcome: rejected }] }     | the value fits and the tag can be written
          { do: [{ write: pump.run, value: true, outcome: superseded }] }   | 'writes: latest'
          { do: [{ write: pump.speed-setpoint, value: 40, outcome: confirmed }] } | is never read, so nothing is read back
          { expect: [{ tag: tank.level, quality: Goood }] }            | did you mean 'Good'?
          { expect: [{ tag: tank.level, quality: Bad_OutOfService }] } | this can never be: its device is in service
          { expect: [{ tag: tank.level, equals: 1e9 }] }               | this can never be: level takes
          { expect: [{ tag: tank.level, between: [50, 60] }] }         | this can never be: level takes
          { expect: [{ tag: tank.level, between: [2, 1] }] }           | the first number is the greater one; exchange them
          { expect: [{ tag: tank.level, above: 2, below: 1 }] }        | no value is above 2 and below 1
          { expect: [{ tag: pump.run, above: 0 }] }                    | run is a state, which has no bounds; write 'equals'
          { expect: [{ tag: pump.run, equals: maybe }] }               | expect[0].equals
          { expect: [{ tag: tank.level }] }                            | this says nothing of the value
          { expect: [{ tag: tank.level, tolerance: 1, quality: Good }] } | 'tolerance' has no effect without 'equals'
          { expect: [{ tag: pump.speed-setpoint, equals: 40 }] }       | is never read, so nothing is known of it
          { expect: [{ tag: tank.level, above: 1, never: 1s, for: 1s }] } | neither 'within' nor 'for'
          { expect: [{ device: old, health: up }] }                    | out of service in the plant file
          { expect: [{ device: pump, health: out-of-service }] }       | this can never be: the device is in service
          { expect: [{ alarm: tank.level, limit: low, state: active }] } | tank.level has no alarm 'low'; it has: high
          { at: 1s, after: 2s, do: [{ note: x }] }                     | not by both 'at' and 'after'
          { when: { tag: tank.level, above: 1 }, do: [{ note: x }] }   | it may wait forever for 'when'
          { within: 3s, do: [{ note: x }] }                            | 'within' has no effect without 'when'
          { at: 5s }                                                   | nothing happens; write 'do' or 'expect'
          { at: 5, do: [{ note: x }] }                                 | '5' is not a duration
          """)
  void aMistakeIsToldWithItsPlaceAndWhatToWrite(String step, String told) throws PortException {
    Reading<Scenario> reading = read(step);

    assertNull(reading.value(), step);
    assertTrue(reading.report().startsWith("s.yaml:3:"), reading.report());
    assertTrue(reading.report().contains(told.replace("'5' is", "5 is")), reading.report());
  }

  @Test
  void timesMustNotGoBackwards() throws PortException {
    Reading<Scenario> reading =
        read("{ at: 12s, do: [{ note: x }] }\n  - { at: 10s, do: [{ note: y }] }");

    assertEquals(
        "s.yaml:4:11: steps[1].at: 10 s is in the past: the step before begins at 12 s; write 12 s"
            + " or later",
        reading.report());
  }

  @Test
  void aTimeThatMayBeOverWhenItsTurnComesIsRefused() throws PortException {
    String waiting = "{ when: { tag: tank.level, above: 1 }, within: 30s, do: [{ note: x }] }";

    Reading<Scenario> reading = read(waiting + "\n  - { at: 10s, do: [{ note: y }] }");

    assertTrue(
        reading.report().contains("the step before may begin as late as 30 s"), reading.report());
    assertEquals("", read(waiting + "\n  - { at: 30s, do: [{ note: y }] }").report());
  }

  @Test
  void whatIsDecidedBehindTheEndIsRefused() throws PortException {
    Reading<Scenario> reading =
        Scenarios.read(
            """
            end: 20s
            steps:
              - { at: 10s, expect: [{ tag: tank.level, above: 1, within: 15s }] }
            """,
            PLANT);

    assertEquals(
        "s.yaml:4:25: steps[0].expect[0]: this may be decided as late as 25 s, and the scenario ends"
            + " at 20 s; write a shorter time, or a later 'end'",
        reading.report());
  }

  @Test
  void withoutAMasterNothingIsExpectedOfOne() throws PortException {
    Reading<Scenario> reading =
        Scenarios.read("steps: [{ expect: [{ tag: tank.level, above: 1 }] }]", null);

    assertTrue(
        reading.report().contains("there is none; name its plant file: 'plant: ...'"),
        reading.report());
  }

  @Test
  void allMistakesAreToldAtOnce() throws PortException {
    Reading<Scenario> reading =
        read(
            """
            { at: 1s, do: [{ unplug: pmp }, { write: tank.level, value: 1 }] }
              - { after: 1x, expect: [{ tag: nothing, above: 1 }] }
            """);

    assertEquals(4, reading.problems().size(), reading.report());
  }
}
