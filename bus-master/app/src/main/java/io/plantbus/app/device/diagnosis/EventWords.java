package io.plantbus.app.device.diagnosis;

import io.plantbus.protocols.ByteBlock;
import java.util.ArrayList;
import java.util.List;

/// Communication events in words (AP 6.10).
public final class EventWords {
  private static final int RECEIVED = 0x80;
  private static final int SENT = 0x40;
  private static final int RESTARTED = 0x00;
  private static final int ENTERED_LISTEN_ONLY = 0x04;
  private static final int LISTEN_ONLY = 0x20;

  private EventWords() {}

  /// Something that happened several times on end.
  ///
  /// @param count at least 1
  public record Repeated(int count, String words) {}

  /// What a log says, the newest first: the sending of an answer together with the receipt before
  /// it, and what is repeated once.
  ///
  /// @param log events of a byte each, the newest first
  public static List<Repeated> of(ByteBlock log) {
    List<Repeated> told = new ArrayList<>();
    for (int i = 0; i < log.length(); i++) {
      int event = log.byteAt(i);
      boolean exchange = isSent(event) && i + 1 < log.length() && isReceived(log.byteAt(i + 1));
      String words = exchange ? words(log.byteAt(++i)) + ", " + words(event) : words(event);
      Repeated before = told.isEmpty() ? new Repeated(0, "") : told.getLast();
      if (before.words().equals(words)) {
        told.set(told.size() - 1, new Repeated(before.count() + 1, words));
      } else {
        told.add(new Repeated(1, words));
      }
    }
    return told;
  }

  /// Whether a log knows of listen-only mode.
  static boolean tellsOfListenOnly(ByteBlock log) {
    for (int i = 0; i < log.length(); i++) {
      int event = log.byteAt(i);
      boolean marked = (isReceived(event) || isSent(event)) && (event & LISTEN_ONLY) != 0;
      if (marked || event == ENTERED_LISTEN_ONLY) {
        return true;
      }
    }
    return false;
  }

  /// What one event says.
  ///
  /// @param event 0..255
  public static String words(int event) {
    if (isReceived(event)) {
      return "received"
          + when(event, 0x40, " a broadcast")
          + when(event, 0x02, " with a communication error")
          + when(event, 0x10, " with an overrun of characters")
          + when(event, LISTEN_ONLY, " in listen-only mode");
    }
    if (isSent(event)) {
      return "sent"
          + when(event, 0x01, " exception 01, 02 or 03")
          + when(event, 0x02, " exception 04")
          + when(event, 0x04, " exception 05 or 06")
          + when(event, 0x08, " exception 07")
          + when(event, 0x10, " with a write time-out")
          + when(event, LISTEN_ONLY, " nothing in listen-only mode");
    }
    return switch (event) {
      case RESTARTED -> "communications restarted";
      case ENTERED_LISTEN_ONLY -> "entered listen-only mode";
      default -> "0x%02X, which the specification does not define".formatted(event);
    };
  }

  private static boolean isReceived(int event) {
    return (event & RECEIVED) != 0;
  }

  private static boolean isSent(int event) {
    return (event & (RECEIVED | SENT)) == SENT;
  }

  private static String when(int event, int bit, String words) {
    return (event & bit) == 0 ? "" : words;
  }
}
