package io.plantbus.simulators.serial;

import io.plantbus.hal.ReceiveBuffer;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.Alarm;
import io.plantbus.simulators.serial.Adapter.Handover;
import java.util.ArrayList;
import java.util.List;

/// The receiving half of a station's port: listens to bursts and hands characters over when its
/// adapter does. Woken then only, so a burst that is handed over at once costs one event.
final class Receiver {
  private static final int BUFFER_BYTES = 4_096;
  private static final int IDLE_CHARACTERS = 4;

  private final SimulatedRs485 pair;
  private final SimulatedSerialLine port;
  private final SerialSettings settings;
  private final Handover handover;
  private final ReceiveBuffer incoming = new ReceiveBuffer(BUFFER_BYTES);
  private final List<Reception> open = new ArrayList<>(2);
  private final byte[] sampled = new byte[64];
  private final Alarm alarm;
  private boolean isFresh;

  Receiver(
      SimulatedRs485 pair, SimulatedSerialLine port, SerialSettings settings, Adapter adapter) {
    this.pair = pair;
    this.port = port;
    this.settings = settings;
    this.handover = adapter.handover();
    this.alarm = pair.alarm(this::due);
  }

  ReceiveBuffer incoming() {
    return incoming;
  }

  /// A burst begins to be heard.
  void begin(Burst burst, long delayNanos) {
    Reception reception = new Reception(burst, delayNanos);
    reception.take(reception.arrivedBy(pair.nowNanos()));
    open.add(reception);
    schedule();
  }

  /// A burst got longer or shorter.
  void changed() {
    schedule();
  }

  /// The port drove the pair between these times and heard nobody else.
  void wasDeaf(Burst own, long afterNanos, long untilNanos) {
    for (int i = 0; i < open.size(); i++) {
      Reception one = open.get(i);
      if (one.burst() != own) {
        one.miss(afterNanos, untilNanos);
      }
    }
  }

  /// Hears no more of a burst, or of any if it is off the pair itself.
  void endAt(Burst burst, long nanos) {
    for (Reception one : open) {
      if (one.burst() == burst) {
        one.endAt(nanos);
      }
    }
    schedule();
  }

  void endAllAt(long nanos) {
    open.forEach(one -> one.endAt(nanos));
    schedule();
  }

  void discard(long nowNanos) {
    incoming.discard();
    for (Reception one : open) {
      one.take(Math.max(one.taken(), one.arrivedBy(nowNanos)));
    }
  }

  void close() {
    alarm.cancel();
    open.forEach(one -> one.burst().receptions--);
    open.clear();
  }

  private void due() {
    long now = pair.nowNanos();
    isFresh = false;
    for (int i = 0; i < open.size(); i++) {
      Reception one = open.get(i);
      switch (handover) {
        case Handover.WholeBurst _ -> {
          int length = one.length();
          long last = one.arrivalNanos(length - 1);
          if (now >= last) {
            collect(one, length, last);
          }
        }
        case Handover.EachCharacter _, Handover.LatencyTimer _, Handover.Fifo _ ->
            collect(one, one.arrivedBy(now), now);
      }
    }
    for (int i = open.size() - 1; i >= 0; i--) {
      if (open.get(i).isOver(now)) {
        open.remove(i).burst().receptions--;
      }
    }
    schedule();
    if (isFresh) {
      port.activity();
    }
  }

  private void collect(Reception from, int upTo, long stampNanos) {
    int first = from.taken();
    if (upTo <= first) {
      return;
    }
    from.take(upTo);
    Burst burst = from.burst();
    burst.settle(pair.nowNanos());
    Burst own = port.burst();
    if (own != null && own != burst) {
      from.miss(own.startNanos, pair.nowNanos());
    }
    boolean understood = CharacterFrame.understands(settings, burst.settings);
    if (understood && from.isWhole()) {
      incoming.accept(burst.heard(), first, upTo - first, stampNanos);
      isFresh = true;
      return;
    }
    for (int i = first; i < upTo; i++) {
      if (from.isMissed(i)) {
        continue;
      }
      int count = 1;
      sampled[0] = burst.heard()[i];
      if (!understood) {
        count = new CharacterFrame(burst.settings, sampled[0] & 0xFF).sample(settings, sampled);
      }
      incoming.accept(sampled, 0, count, stampNanos);
      isFresh |= count > 0;
    }
  }

  private void schedule() {
    long next = nextNanos();
    if (next == Long.MAX_VALUE) {
      alarm.cancel();
    } else if (!alarm.isSet() || alarm.dueNanos() != next) {
      alarm.at(next);
    }
  }

  private long nextNanos() {
    return switch (handover) {
      case Handover.EachCharacter _ -> nextCharacter();
      case Handover.WholeBurst _ -> nextEnd();
      case Handover.LatencyTimer(long period) -> {
        long first = nextCharacter();
        yield first == Long.MAX_VALUE ? first : (Math.floorDiv(first, period) + 1) * period;
      }
      case Handover.Fifo(int trigger) -> nextInterrupt(trigger);
    };
  }

  private long nextCharacter() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < open.size(); i++) {
      Reception one = open.get(i);
      if (one.taken() < one.length()) {
        next = Math.min(next, one.arrivalNanos(one.taken()));
      }
    }
    return next;
  }

  private long nextEnd() {
    long next = Long.MAX_VALUE;
    for (int i = 0; i < open.size(); i++) {
      Reception one = open.get(i);
      next = Math.min(next, one.arrivalNanos(Math.max(one.length(), 1) - 1));
    }
    return next;
  }

  /// When the queue reaches its level, or has been idle for too long with something in it.
  private long nextInterrupt(int trigger) {
    long idle = IDLE_CHARACTERS * settings.characterNanos();
    int queued = 0;
    long last = Long.MAX_VALUE;
    for (int i = 0; i < open.size(); i++) {
      Reception one = open.get(i);
      int left = one.length() - one.taken();
      if (left <= 0) {
        continue;
      }
      if (queued > 0 && one.arrivalNanos(one.taken()) > last + idle) {
        break;
      }
      if (queued + left >= trigger) {
        return one.arrivalNanos(one.taken() + trigger - queued - 1);
      }
      queued += left;
      last = one.arrivalNanos(one.length() - 1);
    }
    return queued > 0 ? last + idle : Long.MAX_VALUE;
  }
}
