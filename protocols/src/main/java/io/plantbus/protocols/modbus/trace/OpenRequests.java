package io.plantbus.protocols.modbus.trace;

import io.plantbus.protocols.modbus.RequestHead;
import org.jspecify.annotations.Nullable;

/// The requests that were heard and are not answered yet: one on a serial line, a bounded number
/// with transaction ids elsewhere. Those that ran out of time are kept until their place is needed,
/// to know a late answer. Owned by one thread.
final class OpenRequests {
  private static final int MOST_OPEN = 32;

  private final Slot[] slots;
  private final boolean serial;
  private final RequestHead head = new RequestHead();

  private static final class Slot {
    final TracedFrame frame = new TracedFrame();
    boolean open;
    boolean expired;
  }

  OpenRequests(boolean serial) {
    this.serial = serial;
    slots = new Slot[serial ? 1 : MOST_OPEN];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = new Slot();
    }
  }

  /// A request was heard.
  void opened(TracedFrame request, FrameListener listener) {
    Slot slot = place(request.transactionId);
    if (slot.open && !slot.expired) {
      listener.unanswered(slot.frame, request.endNanos);
    }
    slot.frame.set(request);
    slot.open = true;
    slot.expired = false;
  }

  /// The place of the same transaction id, a free one, or the oldest.
  private Slot place(int transactionId) {
    Slot best = slots[0];
    for (Slot slot : slots) {
      if (slot.open && slot.frame.transactionId == transactionId && transactionId >= 0) {
        return slot;
      }
      if (best.open && (!slot.open || slot.frame.endNanos < best.frame.endNanos)) {
        best = slot;
      }
    }
    return best;
  }

  /// Whether a frame could answer one of them, by unit, function and transaction id.
  boolean isAwaited(TracedFrame frame) {
    return find(frame) != null;
  }

  /// Says what a valid answer is, and closes its request.
  void answered(TracedFrame response) {
    Slot slot = find(response);
    if (slot == null || !fits(response, slot.frame)) {
      response.verdict = Verdict.UNMATCHED;
      return;
    }
    response.request = slot.frame;
    response.number = slot.frame.number;
    response.verdict = slot.expired ? Verdict.LATE : Verdict.VALID;
    slot.open = false;
  }

  private @Nullable Slot find(TracedFrame frame) {
    for (Slot slot : slots) {
      if (slot.open
          && slot.frame.unit == frame.unit
          && (slot.frame.function() & 0x7F) == (frame.function() & 0x7F)
          && (serial || slot.frame.transactionId == frame.transactionId)) {
        return slot;
      }
    }
    return null;
  }

  /// Whether byte count and echo are those of the request, as far as its function tells.
  private boolean fits(TracedFrame response, TracedFrame request) {
    head.set(request.pdu(), 0, request.pduLength);
    return (response.function() & 0x80) != 0
        || head.responseLength() < 0
        || head.isAnsweredBy(response.pdu(), 0, response.pduLength);
  }

  /// Time passes.
  void expire(long timeoutNanos, long nowNanos, FrameListener listener) {
    for (Slot slot : slots) {
      if (slot.open && !slot.expired && nowNanos - slot.frame.endNanos >= timeoutNanos) {
        slot.expired = true;
        listener.unanswered(slot.frame, nowNanos);
      }
    }
  }

  /// When the next runs out of time; [Long#MAX_VALUE] if none does.
  long deadline(long timeoutNanos) {
    long next = Long.MAX_VALUE;
    for (Slot slot : slots) {
      if (slot.open && !slot.expired) {
        next = Math.min(next, slot.frame.endNanos + timeoutNanos);
      }
    }
    return next;
  }

  /// Nobody answers them any more.
  void clear(long nowNanos, FrameListener listener) {
    expire(Long.MIN_VALUE, nowNanos, listener);
    for (Slot slot : slots) {
      slot.open = false;
    }
  }
}
