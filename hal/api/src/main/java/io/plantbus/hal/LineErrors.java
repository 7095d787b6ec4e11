package io.plantbus.hal;

/// What a serial line received in bad order since it was opened. None of it was handed out as data.
///
/// @param dropped characters that arrived with a wrong parity bit or without a stop bit, breaks
///   included, and were dropped
/// @param parity of these, wrong parity bits; 0 where the driver does not tell
/// @param framing of these, missing stop bits: mostly a wrong baud rate; 0 where the driver does
///   not tell
/// @param breaks conditions of a line held low longer than a character; 0 where the driver does not
///   tell
/// @param overruns characters that the hardware or its driver lost; 0 where the driver does not
///   tell
public record LineErrors(long dropped, long parity, long framing, long breaks, long overruns) {
  /// Nothing went wrong, or nobody counts.
  public static final LineErrors NONE = new LineErrors(0, 0, 0, 0, 0);
}
