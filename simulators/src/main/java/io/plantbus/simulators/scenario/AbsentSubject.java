package io.plantbus.simulators.scenario;

import io.plantbus.devices.TagValue;

/// The master of a scenario without one.
final class AbsentSubject implements Subject {
  private static IllegalStateException absent() {
    return new IllegalStateException("there is no master in this scenario");
  }

  @Override
  public Sample sample(String tag, long nowNanos) {
    throw absent();
  }

  @Override
  public DeviceView device(String device) {
    throw absent();
  }

  @Override
  public AlarmStanding alarm(String tag, AlarmKind kind, long nowNanos) {
    throw absent();
  }

  @Override
  public void acknowledge(String tag, long nowNanos) {
    throw absent();
  }

  @Override
  public String lineOf(String name) {
    return "";
  }

  @Override
  public void write(String tag, TagValue value, long timeToLiveNanos, WriteWatch watch) {
    throw absent();
  }

  @Override
  public void powerOff() {
    throw absent();
  }

  @Override
  public void powerOn() {
    throw absent();
  }

  @Override
  public void unplug(String line) {
    throw absent();
  }

  @Override
  public void replug(String line) {
    throw absent();
  }
}
