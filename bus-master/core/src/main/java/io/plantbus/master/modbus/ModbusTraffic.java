package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.LineBoard;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.poll.PollQueue;
import io.plantbus.master.write.PendingWrite;
import io.plantbus.master.write.WriteQueue;
import io.plantbus.protocols.modbus.Request;
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
/// Writes go first, then polls by priority and due time. A device that is silent takes one
/// transaction at a time, and when it is down, one probe per back-off.
final class ModbusTraffic {
  private final LineSpec line;
  private final LineBoard board;
  private final WriteQueue writes;
  private final PollQueue<ModbusPoll> queue = new PollQueue<>();
  private final Map<String, ModbusDevice> devices = new HashMap<>();
  private final List<ModbusDevice> ordered;
  private final Flights flights;
  private final PollOutcomes pollOutcomes;
  private final WriteOutcomes writeOutcomes;
  private long nowNanos;
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
    this.flights = new Flights(window);
    this.pollOutcomes = new PollOutcomes(line, queue, board, image, clock);
    this.writeOutcomes = new WriteOutcomes(line, pollOutcomes, writes, image);
    for (ModbusDevice device : devices) {
      this.devices.put(device.spec.name(), device);
    }
  }

  /// Sends what is next, if anything is.
  ///
  /// @param session one that takes an offer now
  /// @return whether something was sent
  boolean sendNext(ClientSession session, long now) {
    nowNanos = now;
    if (writes.size() > 0) {
      PendingWrite write = writes.take(writable);
      if (write != null) {
        sendWrite(session, write, now);
        return true;
      }
    }
    for (ModbusPoll poll = queue.take(now); poll != null; poll = queue.take(now)) {
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
                : device.health.mayWrite(nowNanos)));
  }

  private void sendWrite(ClientSession session, PendingWrite write, long now) {
    ModbusDevice device = devices.get(write.device());
    Request request = write.request();
    if (device == null || request == null) {
      throw new IllegalStateException(write.tag().name() + " was sent to the wrong line");
    }
    device.health.writeSent();
    send(session, device, request, null, write, now);
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
    long transaction = session.offer(device.unit, request, line.responseTimeoutNanos(), now);
    flights.add(transaction, device, poll, write);
  }

  /// A transaction ended.
  void concluded(long transaction, Outcome outcome, long now) {
    Flights.Flight flight = flights.find(transaction);
    ModbusDevice device = flight.device;
    ModbusPoll poll = flight.poll;
    PendingWrite write = flight.write;
    flights.free(flight);
    boolean failed =
        switch (outcome) {
          case Outcome.Silence _, Outcome.Noise _, Outcome.Aborted _ -> true;
          case Outcome.Answered _, Outcome.Refused _, Outcome.Broadcast _ -> false;
        };
    board.ended(failed, outcome instanceof Outcome.Refused, now);
    board.busy(flights.count() > 0, now);
    if (device != null) {
      device.inFlight--;
      device.health.counted(failed);
      if (write != null) {
        writeOutcomes.ended(device, write, outcome, now);
      }
      if (poll != null) {
        poll.inFlight = false;
        pollOutcomes.ended(poll, outcome, now);
      }
      release(device);
    }
  }

  /// Polls that waited for the device wait for their turn again.
  private void release(ModbusDevice device) {
    for (int i = 0; i < device.held.size(); i++) {
      ModbusPoll poll = device.held.get(i);
      queue.put(poll, poll.dueNanos());
    }
    device.held.clear();
  }

  /// The line is open: everything is due at once, of devices that were down a probe only.
  void lineUp(long now) {
    for (ModbusDevice device : ordered) {
      device.health.lineUp(now);
      device.held.clear();
      for (ModbusPoll poll : device.polls) {
        poll.attempts = 0;
        queue.remove(poll);
        if (!device.health.isDown() || poll == device.probe) {
          queue.put(poll, now);
        }
      }
    }
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

  /// When something is due next, transactions under way apart.
  long nextDueNanos() {
    return queue.nextDueNanos();
  }

  /// When a write that waits for a device that is down may be sent.
  long nextWriteNanos(long now) {
    if (writes.size() == 0) {
      return Long.MAX_VALUE;
    }
    long next = Long.MAX_VALUE;
    for (ModbusDevice device : ordered) {
      long at = device.health.writeAtNanos();
      if (at > now) {
        next = Math.min(next, at);
      }
    }
    return next;
  }
}
