package io.plantbus.simulators.stream;

import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.FaultPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is wrong with a listening port, by hand and by plan.
final class PortTrouble {
  private static final int MOST_HELD = 10_000;

  boolean refusing;
  boolean swallowing;
  boolean swallowingConnects;
  boolean vanished;

  /// From one byte that the server reads to the next; 0 for at once.
  long nanosPerByte;

  /// Bytes of the server until its connection is reset, or -1.
  int resetAfterBytes = -1;

  private final List<Runnable> held = new ArrayList<>();
  private @Nullable FaultPlan plan;
  private String line = "";

  void follow(String newLine, FaultPlan newPlan) {
    line = newLine;
    plan = newPlan;
  }

  boolean refuses(long nowNanos) {
    return refusing || (plan != null && plan.strike(FaultKind.REFUSE, nowNanos, line) != null);
  }

  boolean swallowsConnects(long nowNanos) {
    return swallowingConnects
        || vanished
        || (plan != null && plan.active(FaultKind.BLACK_HOLE, nowNanos, line) != null);
  }

  /// Delivers, or holds back what is swallowed, as far as anybody would send it again.
  void deliver(Runnable delivery) {
    if (!swallowing) {
      delivery.run();
    } else if (held.size() < MOST_HELD) {
      held.add(delivery);
    }
  }

  List<Runnable> release() {
    List<Runnable> released = List.copyOf(held);
    held.clear();
    return released;
  }
}
