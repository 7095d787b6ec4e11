package io.plantbus.app.audit;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.write.ReadBack;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;

/// Writes as a master tells of them.
final class Written {
  private static final long SECOND = 1_000_000_000;

  private Written() {}

  static WriteIntent intent(long id) {
    return new WriteIntent(
        id,
        new WriteCommand(
            "pump.speed",
            TagValue.of(12.5),
            "scada 10.0.0.7:50122 as Operator",
            2 * SECOND,
            Priority.CONTROL,
            false),
        "rs485",
        "pump",
        "unit 3 holding:100",
        "0x007d",
        new TagSample(TagValue.of(10.0), Quality.GOOD, 3 * SECOND, 0, ""),
        5 * SECOND,
        1_700_000_000_000_000L + id);
  }

  static WriteStep sent(long id) {
    return new WriteStep(id, WriteState.SENT, false, 0, 1_700_000_000_100_000L, null, null, "");
  }

  static WriteStep confirmed(long id) {
    return new WriteStep(
        id,
        WriteState.CONFIRMED,
        true,
        0,
        1_700_000_000_200_000L,
        null,
        new ReadBack(TagValue.of(12.5), "0x007d"),
        "");
  }

  static WriteStep answered(long id, WriteOutcome answer) {
    return new WriteStep(
        id,
        answer.state(),
        !(answer instanceof WriteOutcome.Acknowledged),
        0,
        1_700_000_000_150_000L,
        answer,
        null,
        answer.reason());
  }
}
