package io.plantbus.protocols.modbus.framing;

/// Cuts characters into ASCII frames (SL 2.5.2.1): a colon begins a frame wherever it stands,
/// carriage return and delimiter end it, and anything between them that is no hexadecimal digit
/// discards it. Characters outside of frames are skipped.
///
/// ```
///  idle ──':'──▶ digits ──CR──▶ ending ──delimiter──▶ frame, or a wrong checksum
///    ▲             │ other        │ other
///    └──broken─────┴──────────────┘            ':' begins anew from everywhere
/// ```
///
/// Feed with [#take], which stops behind each event. Owned by one thread.
public final class AsciiDeframer {
  /// Unit id, the longest protocol data unit, checksum.
  private static final int MAX_BYTES = 255;

  /// Unit id, function code, checksum.
  private static final int MIN_BYTES = 3;

  private static final int NO_DIGIT = -1;

  private final byte[] bytes = new byte[MAX_BYTES];
  private int delimiter = AsciiFrame.LINE_FEED;
  private Event event = Event.NONE;
  private int filled;
  private int high = NO_DIGIT;
  private boolean ending;
  private int characters;
  private int frameCharacters;
  private int discarded;

  /// What [#take] stopped at.
  public enum Event {
    /// The end of the characters.
    NONE,
    /// A whole frame.
    FRAME,
    /// A whole frame whose checksum does not match.
    CHECKSUM,
    /// A frame that no frame can be, or that another one cut short.
    BROKEN
  }

  /// Makes a deframer between frames.
  public AsciiDeframer() {}

  /// Takes characters up to the next event.
  ///
  /// @return how many were taken, 1..`length`; [#event()] tells why no more
  public int take(byte[] from, int offset, int length) {
    int taken = 0;
    event = Event.NONE;
    while (taken < length && event == Event.NONE) {
      event = put(from[offset + taken] & 0xFF);
      taken++;
    }
    return taken;
  }

  private Event put(int character) {
    if (character == AsciiFrame.COLON) {
      boolean cutShort = isInside();
      discard();
      characters = 1;
      return cutShort ? Event.BROKEN : Event.NONE;
    }
    characters++;
    if (characters == 1) {
      discard();
      return Event.NONE;
    }
    if (ending) {
      return character == delimiter ? end() : broken();
    }
    if (character == AsciiFrame.CARRIAGE_RETURN) {
      ending = true;
      return high == NO_DIGIT && filled >= MIN_BYTES ? Event.NONE : broken();
    }
    int digit = AsciiFrame.digit(character);
    if (digit == NO_DIGIT || filled == MAX_BYTES) {
      return broken();
    }
    if (high == NO_DIGIT) {
      high = digit;
    } else {
      bytes[filled] = (byte) (high << 4 | digit);
      filled++;
      high = NO_DIGIT;
    }
    return Event.NONE;
  }

  private Event end() {
    if (!Lrc.isValid(bytes, 0, filled)) {
      discard();
      return Event.CHECKSUM;
    }
    frameCharacters = characters;
    characters = 0;
    int length = filled;
    discard();
    filled = length;
    return Event.FRAME;
  }

  private Event broken() {
    discard();
    return Event.BROKEN;
  }

  /// Drops the frame under way.
  public void discard() {
    discarded += characters;
    characters = 0;
    filled = 0;
    high = NO_DIGIT;
    ending = false;
  }

  /// What [#take] stopped at.
  public Event event() {
    return event;
  }

  /// Whether a frame began and has not ended.
  public boolean isInside() {
    return characters > 0;
  }

  /// The frame found: unit id at 0, the protocol data unit behind it; to be read until the next
  /// [#take].
  public byte[] bytes() {
    return bytes;
  }

  /// Bytes of the protocol data unit of the frame found, 1..253.
  public int pduLength() {
    return filled - 2;
  }

  /// Characters of the frame found, from colon to delimiter: 9..513.
  public int frameCharacters() {
    return frameCharacters;
  }

  /// Characters since the last call that belong to no valid frame, those of a frame under way not
  /// counted.
  public int drainDiscarded() {
    int count = discarded;
    discarded = 0;
    return count;
  }

  /// Ends frames with another character from now on (AP 6.8, sub-function 3).
  ///
  /// @throws IllegalArgumentException if it is `:`, carriage return or a hexadecimal digit
  public void delimiter(int character) {
    delimiter = AsciiFrame.requireDelimiter(character);
  }
}
