package io.plantbus.app.soak.invariant;

/// One thing that must always be true.
public enum Invariant {
  /// A master does not begin to drive a pair on which it hears another station.
  ONE_DRIVER("one driver at a time"),
  /// At least 3.5 characters are silent before each frame of the master (SL 2.5.1.1).
  SILENCE("silence before each frame"),
  /// A serial line has one request under way: the next goes out after an answer or the time-out.
  ONE_IN_FLIGHT("one request in flight per serial line"),
  /// What the master sends is a sound frame for a device of its own.
  SOUND_REQUEST("every request is a sound frame"),
  /// A good value is what its own device held when it was asked for it.
  OWN_ANSWER("an answer is taken only for its own request"),
  /// A value that comes after its request was given up does not become the value of another.
  NO_LATE_ANSWER("a late answer never completes another request"),
  /// The time of a tag's samples never goes back, nor ahead of now.
  TIME_FORWARD("time never goes back"),
  /// A value older than its limit is not good.
  STALE_IN_TIME("a value beyond its age limit is not good"),
  /// A device that answers again is read again.
  RECOVERY("a device that answers is read"),
  /// Ages stay within what was proven, whoever else is silent.
  PROVEN_AGE("ages keep to the proof beside silent devices"),
  /// A write reported acknowledged was executed, with its value, after it was asked for.
  TRUE_WRITE("a write reported done was done"),
  /// A write that was refused, expired, rejected or superseded was not executed.
  NOT_DONE("a write reported undone was not done"),
  /// No write is executed twice.
  ONCE("nothing is executed twice"),
  /// No write is executed after its time to live.
  NOT_LATE("no write lands after its time to live"),
  /// Of the writes of one class to one place the one asked for first goes out first.
  IN_ORDER("writes of a class to a place keep their order"),
  /// A write for which its device was too busy is sent again, after a pause, until its time to live
  /// is over.
  BUSY_AGAIN("a busy device is asked again, after a pause"),
  /// Each write ends, and exactly once.
  ENDS_ONCE("every write ends exactly once"),
  /// A plant in which nothing goes wrong shows no error.
  NO_FALSE_ALARM("no error where nothing is wrong"),
  /// Queues keep to their limits.
  BOUNDED("queues stay bounded");

  private final String words;

  Invariant(String words) {
    this.words = words;
  }

  /// What it demands, as a phrase.
  public String words() {
    return words;
  }
}
