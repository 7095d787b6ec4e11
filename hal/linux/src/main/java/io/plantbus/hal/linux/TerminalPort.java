package io.plantbus.hal.linux;

/// What a [TerminalLink] drives: the descriptors of one kind of terminal.
///
/// [#write] and [#wakeWaiter] belong to the owner as well as to the link's thread, everything else
/// to the link's thread alone.
interface TerminalPort {
  /// Nothing to do before something happens.
  long NEVER = Long.MAX_VALUE;

  /// Does what sending still needs.
  ///
  /// @return how long to wait for the next call at most, in nanoseconds, or [#NEVER]
  long advance(long nowNanos);

  /// How long to wait until everything written may have left, in nanoseconds; 0 if it has.
  long sendingNanos(long nowNanos);

  /// Sleeps until there is input, room if that is wanted, a wake, or the time is over.
  void await(boolean wantsRoom, long mostNanos);

  /// Whether the latest wait found input, or a fault that reading will tell.
  boolean hasInput();

  /// Whether the latest wait found room for output.
  boolean hasRoom();

  /// Takes what has arrived.
  ///
  /// @return how many bytes were put into `into`, possibly none; or a negated error number, of
  ///   which `EAGAIN` and `EINTR` say that there was nothing; `-EIO` if the other side is gone
  int read(byte[] into);

  /// Takes bytes for sending.
  ///
  /// @return how many bytes were taken, 0..`length`, or a negated error number
  int write(byte[] from, int offset, int length, long nowNanos);

  /// The negated error number of a failure in [#advance]; 0 if there was none.
  int fault();

  /// Ends the current wait, or the next one.
  void wakeWaiter();

  /// Releases everything; idempotent.
  void close();
}
