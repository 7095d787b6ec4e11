package io.plantbus.app.live;

import io.plantbus.master.account.Culprit;
import io.plantbus.master.account.Culprits;
import io.plantbus.master.account.LineUsage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// Monotonic times as the clock on the wall shows them.
///
/// @param nowNanos the monotonic time
/// @param now the same in UTC
/// @param zone where the wall is
public record WallClock(long nowNanos, Instant now, ZoneId zone) {
  private static final Duration ONE_DAY = Duration.ofHours(20);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter DATE_AND_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

  /// The clock of this machine.
  public static WallClock at(long nowNanos) {
    return new WallClock(nowNanos, Instant.now(), ZoneId.systemDefault());
  }

  /// When that was.
  public Instant instant(long nanos) {
    return now.minusNanos(nowNanos - nanos);
  }

  /// Such as `12:03:11`, with the date before it if that is long ago.
  public String text(long nanos) {
    return text(instant(nanos));
  }

  /// The same of a time in UTC.
  public String text(Instant time) {
    boolean longAgo = Duration.between(time, now).compareTo(ONE_DAY) > 0;
    return (longAgo ? DATE_AND_TIME : TIME).format(time.atZone(zone));
  }

  /// What a line loses time to, in words.
  public List<Culprit> culprits(LineUsage usage) {
    return Culprits.of(usage, nanos -> text(nanos));
  }
}
