package io.plantbus.master.modbus;

import io.plantbus.master.line.IsolationBudget;
import io.plantbus.master.poll.PollQueue;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Whose poll is next on a line. Owned by its thread.
///
/// ```
///  up ─────────── all its polls ──▶ due        by class, then deadline
///  unknown ────── its probe ──────▶ newcomers  one request each, in turn with what is due
///  suspect, down  its probe ──────▶ probes     one at a time, as the isolation budget allows
///  a read that stays without an answer ──▶ probes
/// ```
///
/// While no other device answers there is nobody to protect, and the budget does not count.
final class Turns {
  private List<ModbusDevice> devices;
  private final IsolationBudget budget;
  private final PollQueue<ModbusPoll> due = new PollQueue<>();
  private final PollQueue<ModbusPoll> newcomers = new PollQueue<>();
  private final PollQueue<ModbusPoll> probes = new PollQueue<>();
  private final ToLongFunction<ModbusPoll> longest;
  private boolean newcomerWasLast;
  private int up;

  /// Probes under way.
  private int probing;

  /// @param longest how long a read takes the line if no answer comes
  Turns(List<ModbusDevice> devices, IsolationBudget budget, ToLongFunction<ModbusPoll> longest) {
    this.devices = List.copyOf(devices);
    this.longest = longest;
    this.budget = budget;
  }

  /// Puts a poll where the health of its device says; one of a device that does not answer goes
  /// nowhere unless it is the probe.
  void put(ModbusPoll poll, long dueNanos) {
    ModbusDevice device = poll.device;
    remove(poll);
    switch (device.health.health()) {
      case UP -> (poll.isMute() ? probes : due).put(poll, dueNanos);
      case UNKNOWN -> {
        if (poll == device.probe) {
          newcomers.put(poll, dueNanos);
        }
      }
      case SUSPECT, DOWN -> {
        if (poll == device.probe) {
          probes.put(poll, Math.max(dueNanos, device.health.probeAtNanos()));
        }
      }
      case OUT_OF_SERVICE -> {}
    }
  }

  /// Takes a poll out, wherever it is.
  void remove(ModbusPoll poll) {
    due.remove(poll);
    newcomers.remove(poll);
    probes.remove(poll);
    poll.device.held.remove(poll);
  }

  /// Takes all polls of a device out.
  void removeAll(ModbusDevice device) {
    for (ModbusPoll poll : device.polls()) {
      remove(poll);
    }
  }

  /// Other devices are on the line.
  void devices(List<ModbusDevice> now) {
    devices = List.copyOf(now);
    healthChanged();
  }

  /// A device was found to answer, or not to, or the line opened or closed.
  void healthChanged() {
    up = 0;
    for (ModbusDevice device : devices) {
      up += device.health.isUp() ? 1 : 0;
    }
  }

  /// A device that was down answered. If nobody else does, the line as a whole was out of order,
  /// and what it cost is no debt of the devices that wait to be asked again.
  void recovered() {
    if (up == 0) {
      budget.clear();
    }
  }

  /// Whether a write that may find no answer may be sent to a device now.
  boolean mayRisk(ModbusDevice device, long nowNanos) {
    return othersUp(device) == 0 || (probing == 0 && budget.allows(nowNanos));
  }

  /// Whether a read that may find no answer may be sent now: the budget allows, or nobody would
  /// wait.
  boolean mayRisk(ModbusPoll poll, long nowNanos) {
    return mayRisk(poll.device, nowNanos)
        || (probing == 0 && budget.allowsUnnoticed(nowNanos) && isUnnoticed(poll, nowNanos));
  }

  private boolean isUnnoticed(ModbusPoll poll, long nowNanos) {
    long wanted = Math.min(due.nextDueNanos(), newcomers.nextDueNanos());
    return wanted - nowNanos >= longest.applyAsLong(poll);
  }

  /// Devices that answer, beside this one.
  int othersUp(ModbusDevice device) {
    return up - (device.health.isUp() ? 1 : 0);
  }

  /// Takes the next poll, or null if none may be sent now.
  @Nullable ModbusPoll take(long nowNanos) {
    ModbusPoll probe = probes.peek(nowNanos);
    if (probe != null && !probe.device.isFull() && mayRisk(probe, nowNanos)) {
      probes.remove(probe);
      return probe;
    }
    if (!newcomerWasLast || due.peek(nowNanos) == null) {
      ModbusPoll newcomer = newcomers.take(nowNanos);
      if (newcomer != null) {
        newcomerWasLast = true;
        return newcomer;
      }
    }
    newcomerWasLast = false;
    return due.take(nowNanos);
  }

  /// Whether a poll is late: another turn of it is due already.
  boolean isLate(long nowNanos) {
    ModbusPoll head = due.peek(nowNanos);
    return head != null && head.deadlineNanos() <= nowNanos;
  }

  /// A transaction with a device that is not up, or of a read without answers, begins.
  void riskBegins() {
    probing++;
  }

  /// It ended.
  void riskEnds() {
    probing--;
  }

  /// A transaction found no answer.
  ///
  /// @param isRisk whether that was to be expected; if not, only what others waited for it counts
  /// @param nanos how long it took the line
  void wasted(boolean isRisk, long nanos, long nowNanos) {
    long wanted = Math.min(due.nextDueNanos(), newcomers.nextDueNanos());
    long waited = wanted >= nowNanos ? 0 : Math.min(nanos, nowNanos - wanted);
    budget.spent(isRisk ? nanos : waited, nowNanos);
  }

  /// The line was opened anew.
  void clear() {
    probing = 0;
    newcomerWasLast = false;
    budget.clear();
  }

  /// When a write that may find no answer may be sent to a device.
  long riskAtNanos(ModbusDevice device, long nowNanos) {
    if (mayRisk(device, nowNanos)) {
      return nowNanos;
    }
    return probing > 0 ? Long.MAX_VALUE : budget.freeAtNanos();
  }

  private long riskAtNanos(ModbusPoll poll, long nowNanos) {
    if (mayRisk(poll, nowNanos)) {
      return nowNanos;
    }
    long unnoticed = budget.unnoticedAtNanos();
    return probing > 0 || unnoticed <= nowNanos
        ? riskAtNanos(poll.device, nowNanos)
        : Math.min(unnoticed, budget.freeAtNanos());
  }

  /// Whether a suspect device cannot be asked again for so long.
  boolean mustWait(ModbusDevice device, long nanos, long nowNanos) {
    ModbusPoll probe = device.probe;
    return probe != null
        && !mayRisk(probe, nowNanos)
        && riskAtNanos(device, nowNanos) - nowNanos > nanos;
  }

  /// When a poll may be sent next; never, for one that waits for a transaction under way.
  long nextNanos(long nowNanos) {
    long next = Math.min(due.nextDueNanos(), newcomers.nextDueNanos());
    ModbusPoll probe = probes.peek(nowNanos);
    if (probe == null) {
      return Math.min(next, probes.nextDueNanos());
    }
    return probe.device.isFull() ? next : Math.min(next, riskAtNanos(probe, nowNanos));
  }
}
