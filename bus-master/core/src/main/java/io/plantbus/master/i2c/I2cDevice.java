package io.plantbus.master.i2c;

import io.plantbus.devices.Quality;
import io.plantbus.devices.i2c.I2cDriver;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.DeviceHealth;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.poll.Scheduled;
import io.plantbus.master.write.PendingWrite;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the owner of an I2C line knows about one device on it. Owned by that thread.
final class I2cDevice {
  /// What its driver is in the middle of.
  enum Activity {
    /// Nothing.
    IDLE,
    /// A poll.
    POLLING,
    /// A write.
    WRITING
  }

  /// The turn of one device: its driver reads all channels together, as often as the fastest tag
  /// wants.
  static final class Poll extends Scheduled {
    final I2cDevice device;

    Poll(I2cDevice device, Priority priority, long periodNanos) {
      super(priority, periodNanos);
      this.device = device;
    }
  }

  final DeviceSpec spec;
  final DeviceHealth health;
  final I2cDriver driver;
  final List<TagSpec> polled;
  final @Nullable Poll poll;
  Activity activity = Activity.IDLE;
  long resumeAtNanos;
  @Nullable PendingWrite write;

  /// Whether its poll is due and waits for a write to end.
  boolean pollHeld;

  I2cDevice(DeviceSpec spec, I2cDriver driver) {
    this.spec = spec;
    this.driver = driver;
    this.health = new DeviceHealth(spec);
    this.polled =
        spec.tags().stream()
            .filter(tag -> spec.inService())
            .filter(tag -> tag.periodNanos() > 0 && tag.resource().access().canRead())
            .toList();
    this.poll = polled.isEmpty() ? null : new Poll(this, urgency(polled), shortest(polled));
  }

  private static Priority urgency(List<TagSpec> tags) {
    Priority first = Priority.BACKGROUND;
    for (TagSpec tag : tags) {
      first = tag.priority().compareTo(first) < 0 ? tag.priority() : first;
    }
    return first;
  }

  private static long shortest(List<TagSpec> tags) {
    long shortest = Long.MAX_VALUE;
    for (TagSpec tag : tags) {
      shortest = Math.min(shortest, tag.periodNanos());
    }
    return shortest;
  }

  /// Gives all of its tags that are polled a quality that is not good.
  void degrade(LiveImage image, Quality quality, String reason) {
    for (TagSpec tag : polled) {
      image.degraded(image.index(tag.name()), quality, reason);
    }
  }
}
