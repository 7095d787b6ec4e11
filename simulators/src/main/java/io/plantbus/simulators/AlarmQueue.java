package io.plantbus.simulators;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Alarms by time and sequence: a binary heap whose members know their places, so that one is moved
/// or taken out without a search.
final class AlarmQueue {
  private @Nullable Alarm[] heap = new Alarm[64];
  private int count;

  /// The earliest, or null.
  @Nullable Alarm first() {
    return heap[0];
  }

  /// Takes an alarm in, or moves it after its time was changed.
  void put(Alarm alarm) {
    int slot = alarm.slot;
    if (slot < 0) {
      if (count == heap.length) {
        heap = Arrays.copyOf(heap, 2 * count);
      }
      slot = count++;
    }
    if (!rise(alarm, slot)) {
      sink(alarm, slot);
    }
  }

  /// Takes an alarm out if it is in.
  void remove(Alarm alarm) {
    int slot = alarm.slot;
    if (slot < 0) {
      return;
    }
    alarm.slot = -1;
    Alarm last = heap[--count];
    heap[count] = null;
    if (last != null && last != alarm && !rise(last, slot)) {
      sink(last, slot);
    }
  }

  private boolean rise(Alarm alarm, int from) {
    int slot = from;
    while (slot > 0) {
      int parent = (slot - 1) >> 1;
      Alarm above = heap[parent];
      if (above == null || !alarm.isBefore(above)) {
        break;
      }
      place(above, slot);
      slot = parent;
    }
    place(alarm, slot);
    return slot != from;
  }

  private void sink(Alarm alarm, int from) {
    int slot = from;
    for (int child = 2 * slot + 1; child < count; child = 2 * slot + 1) {
      Alarm below = heap[child];
      Alarm right = child + 1 < count ? heap[child + 1] : null;
      if (below == null || (right != null && right.isBefore(below))) {
        child++;
        below = right;
      }
      if (below == null || !below.isBefore(alarm)) {
        break;
      }
      place(below, slot);
      slot = child;
    }
    place(alarm, slot);
  }

  private void place(Alarm alarm, int slot) {
    heap[slot] = alarm;
    alarm.slot = slot;
  }
}
