package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Position;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.DeviceResource;
import io.plantbus.devices.profile.Point;
import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes the tags of one device.
final class TagBuilder {
  private static final int STALE_PERIODS = 3;

  /// A read request, and the least answer: five bytes and one register.
  private static final int LEAST_TRANSACTION_CHARACTERS = 8 + 5 + 2;

  private final String device;
  private final DeviceDocument document;
  private final @Nullable LineSpec line;
  private final Tags tags;
  private final Problems problems;
  private final Set<Position> told = new HashSet<>();

  /// @param line null if it is wrong itself
  TagBuilder(
      String device,
      DeviceDocument document,
      @Nullable LineSpec line,
      Tags tags,
      Problems problems) {
    this.device = device;
    this.document = document;
    this.line = line;
    this.tags = tags;
    this.problems = problems;
  }

  /// The tag of one resource.
  ///
  /// @param written what the plant file says of it; null if nothing
  TagSpec build(DeviceResource resource, @Nullable TagDocument written) {
    String own = written == null ? null : written.name();
    String name = own == null ? device + "." + resource.name() : own;
    Located<Duration> ownPeriod = written == null ? null : written.period();
    Located<Duration> period = ownPeriod == null ? document.poll() : ownPeriod;
    long periodNanos = resource.access().canRead() ? period.value().toNanos() : 0;
    checkPeriod(resource, period.where(), periodNanos);
    Located<Duration> ownStale = written == null ? null : written.stale();
    return new TagSpec(
        name,
        resource,
        periodNanos,
        written != null && written.priority() != null ? written.priority() : document.priority(),
        stale(ownStale == null ? document.stale() : ownStale, periodNanos),
        tags.safeState(name, resource),
        written != null && written.latestWins(),
        written == null ? List.of() : written.alarms().of(resource, problems));
  }

  private long stale(@Nullable Located<Duration> written, long periodNanos) {
    if (written == null) {
      return STALE_PERIODS * periodNanos;
    }
    long nanos = written.value().toNanos();
    if (nanos < periodNanos) {
      problems.error(
          written.where(),
          "stale is shorter than the period of "
              + millis(periodNanos)
              + ", so that every value would count as old",
          "write at least " + millis(periodNanos));
      return periodNanos;
    }
    return nanos;
  }

  private void checkPeriod(DeviceResource resource, Node where, long periodNanos) {
    if (periodNanos == 0
        || line == null
        || !(resource.point() instanceof Point.Modbus)
        || !(line.transport() instanceof Transport.Serial serial)) {
      return;
    }
    SerialSettings settings = serial.settings();
    RtuTiming timing = new RtuTiming(settings.baud(), settings.bitsPerCharacter());
    long least =
        LEAST_TRANSACTION_CHARACTERS * timing.characterNanos() + 2 * timing.interFrameNanos();
    if (periodNanos < least && told.add(where.position())) {
      problems.error(
          where,
          "the period is too short: one request at " + settings + " takes " + millis(least),
          "write a longer one, or raise baud");
    }
  }

  private static String millis(long nanos) {
    return Math.ceilDiv(nanos, 1_000_000L) + "ms";
  }
}
