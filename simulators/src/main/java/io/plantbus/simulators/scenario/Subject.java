package io.plantbus.simulators.scenario;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import org.jspecify.annotations.Nullable;

/// The master on the bench, as a scenario sees it. Used on the thread that runs the scenario. Names
/// were checked before: others are bugs.
public interface Subject {
  /// No master: a scenario that asks for one was refused when it was read.
  Subject NONE = new AbsentSubject();

  /// A tag as it is now.
  ///
  /// @param value null if there never was one
  /// @param ageNanos of the value; -1 without one
  /// @param reason why the quality is not good; empty when good
  record Sample(@Nullable TagValue value, Quality quality, long ageNanos, String reason) {}

  /// A device as the master sees it.
  ///
  /// @param reason why it is not up; empty when up
  record DeviceView(DeviceState state, String reason) {}

  /// Told what becomes of a write.
  @FunctionalInterface
  interface WriteWatch {
    /// It came a step further.
    ///
    /// @param state what it has become, such as `queued` or `confirmed`
    /// @param isLast whether it ends here
    /// @param reason why, for people; may be empty
    void stepped(String state, boolean isLast, String reason);
  }

  /// The latest sample of a tag.
  Sample sample(String tag, long nowNanos);

  /// How a device is doing.
  DeviceView device(String device);

  /// How an alarm stands.
  AlarmStanding alarm(String tag, AlarmKind kind, long nowNanos);

  /// Acknowledges the alarms of a tag.
  void acknowledge(String tag, long nowNanos);

  /// The line of a tag or device, for finding what happened on it.
  String lineOf(String name);

  /// Writes to a tag.
  void write(String tag, TagValue value, long timeToLiveNanos, WriteWatch watch);

  /// Cuts its power: it stops at once, and leaves every output as it is.
  void powerOff();

  /// Starts it anew.
  void powerOn();

  /// Pulls its adapter of a serial line.
  void unplug(String line);

  /// Plugs that adapter in again.
  void replug(String line);
}
