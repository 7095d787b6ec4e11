package io.plantbus.simulators;

/// Something that a [BusSimulation] does at a time, again and again: set, moved and cancelled
/// without making anything new. Belongs to the thread of its simulation.
public final class Alarm {
  /// Where it stands in the queue, or -1 while it is not set.
  int slot = -1;

  long nanos;
  long sequence;
  final Runnable action;
  private final BusSimulation simulation;

  Alarm(BusSimulation simulation, Runnable action) {
    this.simulation = simulation;
    this.action = action;
  }

  /// Sets it, whether it is set already or not; a time that is over stands for now. Among what is
  /// due at the same time it comes last.
  public void at(long atNanos) {
    simulation.set(this, atNanos);
  }

  /// Takes it back if it is set.
  public void cancel() {
    simulation.cancel(this);
  }

  /// Whether it is set: no longer while its action runs.
  public boolean isSet() {
    return slot >= 0;
  }

  /// When it is due; the time before if it is not set.
  public long dueNanos() {
    return nanos;
  }

  boolean isBefore(Alarm other) {
    return nanos < other.nanos || (nanos == other.nanos && sequence < other.sequence);
  }
}
