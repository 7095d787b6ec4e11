package io.plantbus.hal;

/// How the driver of a two-wire pair is turned from listening to sending and back.
///
/// ```
///  RTS   ────┐                                  ┌────  (high while sending: the other way up)
///            └──────────────────────────────────┘
///  pair  ......│ before │[first … last character]│ after │......
/// ```
///
/// @param switching who turns it
/// @param whenRefused what to do where `KERNEL` is asked for and the driver does not do it; without
///   effect otherwise
/// @param rtsHighWhileSending the level of RTS that makes the transceiver send: high on most
/// @param delayBeforeMicros time between turning to sending and the first start bit, 0..100,000
///   microseconds; the kernel takes whole milliseconds, rounded up
/// @param delayAfterMicros time between the last stop bit and turning to listening, 0..100,000
///   microseconds; the kernel takes whole milliseconds, rounded up
/// @param receiveWhileSending whether the receiver stays on while sending, so that every frame is
///   heard back; with `RTS` the wiring of the transceiver decides that, and this says what it is
public record LineDirection(
    Switching switching,
    WhenRefused whenRefused,
    boolean rtsHighWhileSending,
    int delayBeforeMicros,
    int delayAfterMicros,
    boolean receiveWhileSending) {
  /// Nothing is turned here: RS-232, four wires, or an adapter that turns by itself.
  public static final LineDirection NONE =
      new LineDirection(Switching.NONE, WhenRefused.NONE, true, 0, 0, false);

  /// Turned by the kernel's driver; where that refuses, the adapter is trusted to turn by itself.
  public static final LineDirection KERNEL =
      new LineDirection(Switching.KERNEL, WhenRefused.NONE, true, 0, 0, false);

  /// Turned by RTS from the program.
  public static final LineDirection RTS =
      new LineDirection(Switching.RTS, WhenRefused.FAIL, true, 0, 0, false);

  private static final int LONGEST_MICROS = 100_000;

  /// Who turns the pair's driver.
  public enum Switching {
    /// Nobody here.
    NONE,
    /// The kernel's serial driver, to the bit.
    KERNEL,
    /// The program, by RTS: as exact as threads are scheduled.
    RTS
  }

  /// What to do where the kernel's driver refuses.
  public enum WhenRefused {
    /// Do not open the port.
    FAIL,
    /// Turn by RTS from the program.
    RTS,
    /// Trust the adapter to turn by itself.
    NONE
  }

  public LineDirection {
    check("before", delayBeforeMicros);
    check("after", delayAfterMicros);
  }

  private static void check(String which, int micros) {
    if (micros < 0 || micros > LONGEST_MICROS) {
      throw new IllegalArgumentException(
          "the delay %s sending must be 0..%d us, was %d".formatted(which, LONGEST_MICROS, micros));
    }
  }

  /// The same direction, turned by somebody else.
  public LineDirection withSwitching(Switching by) {
    return new LineDirection(
        by,
        whenRefused,
        rtsHighWhileSending,
        delayBeforeMicros,
        delayAfterMicros,
        receiveWhileSending);
  }

  /// The same direction with another way out where the kernel refuses.
  public LineDirection withWhenRefused(WhenRefused then) {
    return new LineDirection(
        switching,
        then,
        rtsHighWhileSending,
        delayBeforeMicros,
        delayAfterMicros,
        receiveWhileSending);
  }

  /// The same direction with RTS high, or low, while sending.
  public LineDirection withRtsHighWhileSending(boolean high) {
    return new LineDirection(
        switching, whenRefused, high, delayBeforeMicros, delayAfterMicros, receiveWhileSending);
  }

  /// The same direction with other delays, in microseconds.
  public LineDirection withDelaysMicros(int before, int after) {
    return new LineDirection(
        switching, whenRefused, rtsHighWhileSending, before, after, receiveWhileSending);
  }

  /// The same direction with the receiver left on, or off, while sending.
  public LineDirection withReceiveWhileSending(boolean on) {
    return new LineDirection(
        switching, whenRefused, rtsHighWhileSending, delayBeforeMicros, delayAfterMicros, on);
  }

  /// Such as `RS-485 direction by RTS, low while sending, 200 us before`; what is usual is left
  /// out.
  @Override
  public String toString() {
    StringBuilder text =
        new StringBuilder(
            switch (switching) {
              case NONE -> "no RS-485 direction";
              case KERNEL -> "RS-485 direction by kernel";
              case RTS -> "RS-485 direction by RTS";
            });
    if (switching != Switching.NONE) {
      text.append(rtsHighWhileSending ? "" : ", low while sending");
      text.append(delayBeforeMicros == 0 ? "" : ", " + delayBeforeMicros + " us before");
      text.append(delayAfterMicros == 0 ? "" : ", " + delayAfterMicros + " us after");
      text.append(receiveWhileSending ? ", receiving while sending" : "");
    }
    return text.toString();
  }
}
