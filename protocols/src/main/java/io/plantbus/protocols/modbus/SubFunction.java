package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import org.jspecify.annotations.Nullable;

/// The sub-functions of function code 8, one word on the wire (AP 6.8.1).
public enum SubFunction {
  /// Send the data back as it is, of any length.
  RETURN_QUERY_DATA(0x00),
  /// Leave listen-only mode and clear the counters, with data 0xFF00 the event log too.
  RESTART_COMMUNICATIONS(0x01),
  /// The 16-bit diagnostic register.
  RETURN_DIAGNOSTIC_REGISTER(0x02),
  /// The upper byte of the data ends messages in ASCII framing from now on.
  CHANGE_ASCII_DELIMITER(0x03),
  /// Neither execute nor answer until communications are restarted; not answered itself.
  FORCE_LISTEN_ONLY(0x04),
  /// Clear all counters and the diagnostic register.
  CLEAR_COUNTERS(0x0A),
  /// Messages with a good checksum on the line, to whomever.
  BUS_MESSAGES(0x0B),
  /// Messages with a bad checksum on the line.
  BUS_COMMUNICATION_ERRORS(0x0C),
  /// Exception responses.
  EXCEPTION_ERRORS(0x0D),
  /// Messages addressed to the server, broadcasts included.
  SERVER_MESSAGES(0x0E),
  /// Messages addressed to the server, broadcasts included, that it did not answer.
  NO_RESPONSES(0x0F),
  /// Exception responses with code 07.
  NEGATIVE_ACKNOWLEDGES(0x10),
  /// Exception responses with code 06.
  BUSIES(0x11),
  /// Characters that came faster than they could be stored.
  CHARACTER_OVERRUNS(0x12),
  /// Clear the count of character overruns.
  CLEAR_OVERRUNS(0x14);

  /// The data that makes a restart clear the event log.
  public static final int CLEAR_LOG = 0xFF00;

  private static final @Nullable SubFunction[] BY_CODE = new @Nullable SubFunction[0x15];

  static {
    for (SubFunction one : values()) {
      BY_CODE[one.code] = one;
    }
  }

  private final int code;

  SubFunction(int code) {
    this.code = code;
  }

  /// The code on the wire, 0x00..0x14.
  public int code() {
    return code;
  }

  /// The sub-function with this code, or null if it is reserved.
  public static @Nullable SubFunction of(int code) {
    return code >= 0 && code < BY_CODE.length ? BY_CODE[code] : null;
  }

  /// Whether it changes nothing in the server, so that its answer is all that it is good for.
  public boolean isReadOnly() {
    return switch (this) {
      case RESTART_COMMUNICATIONS,
          CHANGE_ASCII_DELIMITER,
          FORCE_LISTEN_ONLY,
          CLEAR_COUNTERS,
          CLEAR_OVERRUNS ->
          false;
      case RETURN_QUERY_DATA,
          RETURN_DIAGNOSTIC_REGISTER,
          BUS_MESSAGES,
          BUS_COMMUNICATION_ERRORS,
          EXCEPTION_ERRORS,
          SERVER_MESSAGES,
          NO_RESPONSES,
          NEGATIVE_ACKNOWLEDGES,
          BUSIES,
          CHARACTER_OVERRUNS ->
          true;
    };
  }

  /// Whether its answer is a word of the server's rather than the data of the request.
  public boolean returnsWord() {
    return isReadOnly() && this != RETURN_QUERY_DATA;
  }

  /// Whether a request may bring this data: one word, zero unless the sub-function says otherwise.
  public boolean accepts(ByteBlock data) {
    if (this == RETURN_QUERY_DATA) {
      return data.length() <= RequestEncoder.MAX_PDU_BYTES - 3;
    }
    if (data.length() != 2) {
      return false;
    }
    int word = data.byteAt(0) << 8 | data.byteAt(1);
    return word == 0
        || (this == RESTART_COMMUNICATIONS && word == CLEAR_LOG)
        || (this == CHANGE_ASCII_DELIMITER && (word & 0xFF) == 0);
  }
}
