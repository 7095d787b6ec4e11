package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.IsolationBudget;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.poll.WireTime;
import io.plantbus.master.write.PendingWrite;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteQueue;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ClientSession;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What goes over a Modbus line next, and to whom each outcome is told. Owned by the thread of the
/// line.
///
/// Writes go first by class, then polls by class and deadline, then writes of class BACKGROUND. A
/// device that is not known to answer is asked by one read at a time, within the line's isolation
/// budget.
final class ModbusTraffic {
  private static final long LONGEST_DOUBT_NANOS = 1_000_000_000L;

  private final LineSpec line;
  private final LineBoard board;
  private final WriteQueue writes;
  private final Turns turns;
  private final WireTime wire;
  private final int window;
  private final Map<String, ModbusDevice> devices = new HashMap<>();
  private List<ModbusDevice> ordered;
  private final Flights flights;
  private final PollOutcomes pollOutcomes;
  private final WriteOutcomes writeOutcomes;
  private long nowNanos;

  /// The device that is asked whether the connection is dead.
  private @Nullable ModbusDevice witness;

  /// Whether the last thing sent was a write of class NORMAL: while polls are late, they take
  /// turns.
  private boolean writeWasLast;

  private final Predicate<PendingWrite> writable = this::isWritable;

  ModbusTraffic(
      LineSpec line,
      int window,
      List<ModbusDevice> devices,
      LineBoard board,
      WriteQueue writes,
      LiveImage image,
      NanoClock clock) {
    this.line = line;
    this.board = board;
    this.writes = writes;
    this.ordered = List.copyOf(devices);
    this.window = window;
    this.wire = WireTime.of(line);
    this.flights = new Flights(window);
    this.turns =
        new Turns(
            devices, new IsolationBudget(line.isolation().suspectShare()), this::longestNanos);
    this.pollOutcomes = new PollOutcomes(line, turns, board, image, clock);
    this.writeOutcomes = new WriteOutcomes(line, pollOutcomes, writes, image);
    for (ModbusDevice device : devices) {
      this.devices.put(device.spec.name(), device);
    }
  }

  /// The devices of the line, in the order of the plant.
  List<ModbusDevice> devices() {
    return ordered;
  }

  /// Takes these devices in the place of the former ones; those that stay are the same objects. New
  /// ones are asked at once if the line is open.
  void replace(List<ModbusDevice> now, boolean isOpen, long nanos) {
    for (ModbusDevice former : ordered) {
      if (!now.contains(former)) {
        turns.removeAll(former);
        former.retire();
      }
    }
    List<ModbusDevice> before = ordered;
    ordered = List.copyOf(now);
    devices.clear();
    for (ModbusDevice device : ordered) {
      devices.put(device.spec.name(), device);
    }
    turns.devices(ordered);
    witness = null;
    for (ModbusDevice device : ordered) {
      ModbusPoll probe = device.probe;
      if (isOpen && probe != null && !before.contains(device)) {
        turns.put(probe, nanos);
      }
    }
  }

  /// Sends what is next, if anything is: writes of class SAFETY and CONTROL; then those of class
  /// NORMAL before polls, but in turn with them while polls are late; then those of class
  /// BACKGROUND.
  ///
  /// @param session one that takes an offer now
  /// @return whether something was sent
  boolean sendNext(ClientSession session, long now) {
    nowNanos = now;
    if (sendWrite(session, Priority.CONTROL, now)) {
      return true;
    }
    boolean isPollsTurn = writeWasLast && turns.isLate(now);
    if (!isPollsTurn && sendWrite(session, Priority.NORMAL, now)) {
      writeWasLast = true;
      return true;
    }
    writeWasLast = false;
    return sendPoll(session, now)
        || (isPollsTurn && sendWrite(session, Priority.NORMAL, now))
        || sendWrite(session, Priority.BACKGROUND, now);
  }

  private boolean sendPoll(ClientSession session, long now) {
    for (ModbusPoll poll = turns.take(now); poll != null; poll = turns.take(now)) {
      if (poll.device.isFull()) {
        poll.device.held.add(poll);
      } else {
        poll.inFlight = true;
        poll.attempts++;
        send(session, poll.device, poll.read.request(), poll, null, now);
        return true;
      }
    }
    return false;
  }

  private boolean isWritable(PendingWrite write) {
    ModbusDevice device = devices.get(write.device());
    return device == null
        || (!device.isFull()
            && (write.urgent()
                ? !device.health.isBusy(nowNanos)
                : device.health.mayWrite(nowNanos)
                    && (device.health.isUp() || turns.mayRisk(device, nowNanos))));
  }

  /// Sends the first write that may go, if there is one of this class or a higher one.
  private boolean sendWrite(ClientSession session, Priority least, long now) {
    PendingWrite write = writes.take(writable, least);
    if (write == null) {
      return false;
    }
    ModbusDevice device = devices.get(write.device());
    Request request = write.request();
    if (device == null || request == null || !device.owns(write.tag())) {
      write.giveUp(
          new WriteOutcome.Rejected(
              write.tag().name() + " was changed in the plant before it could be written"));
      return true;
    }
    device.health.writeSent();
    writes.readBacks().sent(write);
    send(session, device, request, null, write, now);
    return true;
  }

  private void send(
      ClientSession session,
      ModbusDevice device,
      Request request,
      @Nullable ModbusPoll poll,
      @Nullable PendingWrite write,
      long now) {
    device.inFlight++;
    board.busy(true, now);
    board.account().began(now);
    long timeout = timeoutNanos(device, request);
    long transaction = session.offer(device.unit, request, timeout, now);
    writeOutcomes.offered(transaction);
    Flights.Flight flight = flights.add(transaction, device, poll, write);
    flight.sentNanos = now;
    flight.timeoutNanos = timeout;
    flight.isRisk = isRisk(device, poll);
    if (flight.isRisk) {
      turns.riskBegins();
    }
  }

  private static boolean isRisk(ModbusDevice device, @Nullable ModbusPoll poll) {
    return switch (device.health.health()) {
      case UP -> poll != null && poll.isMute();
      case SUSPECT, DOWN -> true;
      case UNKNOWN, OUT_OF_SERVICE -> false;
    };
  }

  private long longestNanos(ModbusPoll poll) {
    return wire.requestNanos() + timeoutNanos(poll.device, poll.read.request()) + wire.drainNanos();
  }

  /// A write may take a device longer than any read.
  private long timeoutNanos(ModbusDevice device, Request request) {
    if (!(request instanceof Request.Read(var table, var range))) {
      return line.responseTimeoutNanos();
    }
    long wait = device.response.waitNanos(device.health.isDown());
    return Math.min(line.responseTimeoutNanos(), wait + wire.answerNanos(table, range.count()));
  }

  /// Whether silence on a transaction was to be expected, so that it tells nothing of the
  /// connection: its device is down, and others on the line are not.
  boolean isSilenceExpected(long transaction) {
    ModbusDevice device = flights.find(transaction).device;
    return device != null && device.health.isDown() && turns.othersUp(device) > 0;
  }

  /// Has another device asked at once if one that answers is there: one device alone does not tell
  /// whether its connection is dead.
  ///
  /// @param transaction found no answer, as others did before it
  /// @return false if there is none, or if this transaction was its
  boolean asksAnother(long transaction, long now) {
    ModbusDevice silent = flights.find(transaction).device;
    ModbusDevice asked = witness;
    if (asked != null && (asked == silent || asked.health.isUp())) {
      return asked != silent;
    }
    for (ModbusDevice other : ordered) {
      ModbusPoll probe = other.probe;
      if (other != silent && other.health.isUp() && probe != null && !probe.isMute()) {
        witness = other;
        if (!probe.inFlight) {
          turns.put(probe, now);
        }
        return true;
      }
    }
    return false;
  }

  /// Something came from the peer.
  void heard() {
    witness = null;
  }

  /// A transaction ended.
  void concluded(long transaction, Request request, Outcome outcome, long sentNanos, long now) {
    Flights.Flight flight = flights.find(transaction);
    ModbusDevice device = flight.device;
    ModbusPoll poll = flight.poll;
    PendingWrite write = flight.write;
    boolean failed =
        switch (outcome) {
          case Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _ -> true;
          case Outcome.Answered _, Outcome.Refused _, Outcome.Broadcast _ -> false;
        };
    board.ended(failed, outcome instanceof Outcome.Refused, now);
    board.busy(flights.count() > 1, now);
    if (device == null) {
      throw new IllegalStateException("a flight without a device");
    }
    if (flight.isRisk) {
      turns.riskEnds();
    }
    boolean repeat = poll != null && poll.attempts > 1;
    board.account().concluded(device.spec.name(), request, outcome, repeat, sentNanos, now);
    device.inFlight--;
    device.health.counted(failed);
    boolean isFirst = poll != null && device.health.health() == DeviceReport.Health.UNKNOWN;
    if (write != null) {
      writeOutcomes.ended(device, write, flight, outcome, now);
    }
    if (poll != null) {
      poll.inFlight = false;
      if (outcome instanceof Outcome.Answered(Response response)) {
        writeOutcomes.read(device, transaction, poll.read.request(), response, now);
      }
      pollOutcomes.ended(poll, flight, outcome, now);
    }
    if (failed && !(outcome instanceof Outcome.Aborted)) {
      wasted(device, flight, isFirst, now);
    }
    release(device);
    flights.free(flight);
  }

  /// A first request to a device costs what it costs; all others that find no answer are on the
  /// budget, from when they ended: one that does not repeat another may be repeated before. A
  /// suspect device that the budget does not let ask again soon is taken to be down.
  private void wasted(ModbusDevice device, Flights.Flight flight, boolean isFirst, long now) {
    device.givenUpNanos = flight.sentNanos;
    if (!isFirst) {
      long taken = now - flight.sentNanos + wire.drainNanos();
      turns.wasted(flight.isRisk, taken / window, now);
    }
    boolean isSuspect = device.health.health() == DeviceReport.Health.SUSPECT;
    if (isSuspect && turns.mustWait(device, LONGEST_DOUBT_NANOS, now)) {
      pollOutcomes.missed(device, device.health.reason(), now);
    }
  }

  /// An answer came after its request had been given up: the device is slow, not dead.
  void answeredLate(UnitId unit, long now) {
    for (ModbusDevice device : ordered) {
      if (device.unit.equals(unit) && device.givenUpNanos != Long.MIN_VALUE) {
        long late = now - device.givenUpNanos - wire.requestNanos();
        device.givenUpNanos = Long.MIN_VALUE;
        device.response.answeredLate(late);
        device.health.answeredLate(late);
        board.changed();
      }
    }
  }

  /// Polls that waited for the device wait for their turn again.
  private void release(ModbusDevice device) {
    while (!device.held.isEmpty()) {
      ModbusPoll poll = device.held.removeLast();
      turns.put(poll, poll.dueNanos());
    }
  }

  /// The line is open: each device is asked by one read, and when it answers, by all of them.
  void lineUp(long now) {
    turns.clear();
    witness = null;
    for (ModbusDevice device : ordered) {
      device.health.lineUp(now);
      turns.removeAll(device);
      ModbusPoll probe = device.probe;
      if (probe != null) {
        probe.attempts = 0;
        turns.put(probe, now);
      }
    }
    turns.healthChanged();
  }

  /// The line is gone, or could not be opened.
  void lineDown(String why, LiveImage image) {
    for (ModbusDevice device : ordered) {
      if (device.spec.inService()) {
        device.health.lineDown(why);
        device.degrade(image, Quality.BAD_NO_COMMUNICATION, why);
      }
    }
  }

  /// When a poll is sent next, transactions under way apart.
  long nextDueNanos(long now) {
    return turns.nextNanos(now);
  }

  /// When a write that waits for a device may be sent.
  long nextWriteNanos(long now) {
    if (writes.size() == 0) {
      return Long.MAX_VALUE;
    }
    long next = Long.MAX_VALUE;
    for (ModbusDevice device : ordered) {
      long at = device.health.writeAtNanos();
      if (!device.health.isUp()) {
        at = Math.max(at, turns.riskAtNanos(device, now));
      }
      if (at > now) {
        next = Math.min(next, at);
      }
    }
    return next;
  }

  /// What is known about each device by now.
  Map<String, DeviceObservations> observations() {
    Map<String, DeviceObservations> known = new HashMap<>();
    for (ModbusDevice device : ordered) {
      known.put(device.spec.name(), device.plan.observations());
    }
    return known;
  }
}
