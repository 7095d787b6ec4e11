package io.plantbus.master.alarm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.plant.AlarmSpec;
import io.plantbus.master.plant.AlarmSpec.Kind;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AlarmBoardTest {
  private static final long SECOND = 1_000_000_000L;
  private static final AlarmSpec HIGH = new AlarmSpec(Kind.HIGH, 2, 0.5, 0, 0);
  private static final AlarmSpec SLOW = new AlarmSpec(Kind.LOW, 1, 0, 3 * SECOND, 2 * SECOND);
  private static final AlarmSpec QUALITY = AlarmSpec.badQuality(0, 0);

  private long now = SECOND;
  private final NanoClock clock =
      new NanoClock() {
        @Override
        public long nanoTime() {
          return now;
        }

        @Override
        public long epochMicros() {
          return now / 1_000;
        }
      };
  private final LiveImage image = new LiveImage(List.of(tag(HIGH, SLOW, QUALITY)));
  private final AlarmBoard board = board();

  private AlarmBoard board() {
    AlarmBoard made = new AlarmBoard(image, clock);
    made.replace(image.tags());
    return made;
  }

  private static TagSpec tag(AlarmSpec... alarms) {
    DeviceResource level =
        Objects.requireNonNull(
            Objects.requireNonNull(ProfileCatalogue.builtIn().find("tank-level-transmitter"))
                .resource("level"));
    return new TagSpec(
        "level", level, SECOND, Priority.NORMAL, 4 * SECOND, null, false, List.of(alarms));
  }

  private void comes(double value) {
    image.arrived(0, TagValue.of(value), Quality.GOOD, now, now / 1_000, "");
  }

  private AlarmState state(Kind kind) {
    return Objects.requireNonNull(board.state("level", kind, now));
  }

  @Test
  void anAlarmComesAtItsLimitAndGoesBehindItsDeadBand() {
    comes(1.99);
    assertEquals(AlarmState.NORMAL, state(Kind.HIGH));
    comes(2);
    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.HIGH));
    comes(1.5);
    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.HIGH));
    comes(1.49);
    assertEquals(AlarmState.RETURNED_UNACKNOWLEDGED, state(Kind.HIGH));
    comes(2.1);
    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.HIGH));
  }

  @Test
  void whoeverAcknowledgesEndsItNowOrAsItGoes() {
    comes(3);
    assertTrue(board.acknowledge("level", now));
    assertEquals(AlarmState.ACTIVE_ACKNOWLEDGED, state(Kind.HIGH));
    comes(1.2);
    assertEquals(AlarmState.NORMAL, state(Kind.HIGH));
    comes(3);
    comes(1.2);
    board.acknowledge("level", now);
    assertEquals(AlarmState.NORMAL, state(Kind.HIGH));
    assertFalse(board.acknowledge("other", now));
  }

  @Test
  void aConditionThatDoesNotLastRaisesNothing() {
    comes(0.5);
    now += 3 * SECOND - 1;
    assertEquals(AlarmState.NORMAL, state(Kind.LOW));
    comes(1.1);
    now += SECOND;
    comes(0.5);
    now += 3 * SECOND - 1;
    assertEquals(AlarmState.NORMAL, state(Kind.LOW));
    now += 1;
    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.LOW));
  }

  @Test
  void aDelayEndsWithoutAnybodyLookingAndTheTimeIsThatOfItsEnd() {
    comes(0.5);
    now += 3 * SECOND + 7;
    comes(1.1);

    AlarmReport report = board.reports(now).get(1);

    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, report.state());
    assertEquals(4 * SECOND, report.sinceNanos());
    now += 2 * SECOND;
    assertEquals(AlarmState.RETURNED_UNACKNOWLEDGED, state(Kind.LOW));
  }

  @Test
  void aValueThatIsNotGoodSaysNothingOfItsLimit() {
    image.arrived(0, TagValue.of(99), Quality.BAD_OUT_OF_RANGE, now, 0, "nonsense");

    assertEquals(AlarmState.NORMAL, state(Kind.HIGH));
    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.BAD_QUALITY));
  }

  @Test
  void qualityIsBadAsAValueGrowsOldAndNotBeforeTheFirst() {
    assertEquals(AlarmState.NORMAL, state(Kind.BAD_QUALITY));
    comes(1.2);
    now += 4 * SECOND;
    assertEquals(AlarmState.NORMAL, state(Kind.BAD_QUALITY));
    now += 1;
    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.BAD_QUALITY));
    comes(1.2);
    assertEquals(AlarmState.RETURNED_UNACKNOWLEDGED, state(Kind.BAD_QUALITY));
  }

  @Test
  void anAlarmThatStaysAsItIsKeepsItsStateWhenThePlantChanges() {
    comes(3);
    AlarmSpec other = new AlarmSpec(Kind.LOW, 1, 0, 0, 0);
    List<TagSpec> tags = List.of(tag(HIGH, other));
    image.replace(tags);
    board.replace(tags);

    assertEquals(AlarmState.ACTIVE_UNACKNOWLEDGED, state(Kind.HIGH));
    assertEquals(AlarmState.NORMAL, state(Kind.LOW));
    assertNull(board.state("level", Kind.BAD_QUALITY, now));
  }
}
