package io.plantbus.hal;

/// A duplex path for bytes with exactly one owner: what a serial line and a stream link have in
/// common.
///
/// Contract, the same for every implementation:
///
/// ```
///  peer ──bytes──▶ [bounded receive buffer] ──read()──▶ owner
///  peer ◀──bytes── [bounded send buffer]    ◀─write()── owner
///                          │
///                          └─ onActivity: something arrived, room came free, or the state changed
/// ```
///
/// - Nothing here waits: `read` hands out what has arrived, `write` takes what it has room for.
/// - All methods belong to the owner's thread, except that the activity callback may be run by any
///   thread.
/// - Bytes carry the time of their arrival, taken as close to the hardware as the implementation
///   can.
/// - A receive buffer that overflows loses the newest bytes and counts them in [#overruns()].
/// - Lost hardware is an exception, once: every later call throws it again until `close`.
public interface Link extends AutoCloseable {
  /// The endpoint as a user would write it, such as `rtu:/dev/ttyUSB0?baud=19200&format=8E1`.
  String name();

  /// Where the link is in its life. Never blocks and never throws.
  LinkState state();

  /// Hands out bytes that have arrived, without waiting.
  ///
  /// @return how many bytes were put into `into`, 0..`length`
  /// @throws PortException if the hardware or the peer is gone and every byte that arrived before
  ///   was handed out
  int read(byte[] into, int offset, int length) throws PortException;

  /// Monotonic time in nanoseconds at which the last byte of the latest non-empty `read` arrived.
  long arrivalNanos();

  /// Takes bytes for sending, without waiting.
  ///
  /// @return how many bytes were taken, 0..`length`; 0 while the link is connecting or its send
  ///   buffer is full
  /// @throws PortException if the hardware or the peer is gone
  int write(byte[] from, int offset, int length) throws PortException;

  /// Drops every byte that has arrived and was not read, for resynchronisation.
  void discardInput();

  /// Bytes lost since opening because they were not read in time.
  long overruns();

  /// Sets what to run when there is something to do; replaces the one set before. The callback must
  /// be short, must not throw and may be run by any thread, spuriously too.
  void onActivity(Runnable callback);

  /// Releases the hardware; returns within a bounded time and is idempotent.
  @Override
  void close();
}
