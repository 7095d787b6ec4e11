package io.plantbus.hal;

/// Where the thread of an agent waits for the agent's link, so that no other thread has to hand
/// over what happened there. A wait runs the activity callback of the link.
public interface WaitingPlace {
  /// Sleeps until something happened that the owner has to know, until [#wake()], or until the time
  /// is over, and does what the link needs meanwhile. The thread that waits here only.
  ///
  /// @param mostNanos the longest wait in nanoseconds; 0 only looks
  void await(long mostNanos);

  /// Ends the current wait, or the next one if there is none. Any thread.
  void wake();
}
