package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.PendingWrite;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteQueue;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;

/// What the outcome of a transaction means to the write that was sent: nothing is ever sent again,
/// except what the device itself said it did not even begin, being busy. Owned by the thread of the
/// line.
final class WriteOutcomes {
  private final LineSpec line;
  private final PollOutcomes polls;
  private final WriteQueue writes;
  private final LiveImage image;

  WriteOutcomes(LineSpec line, PollOutcomes polls, WriteQueue writes, LiveImage image) {
    this.line = line;
    this.polls = polls;
    this.writes = writes;
    this.image = image;
  }

  /// A write ended: its value is read back at once, whatever came of it.
  void ended(
      ModbusDevice device, PendingWrite write, Flights.Flight flight, Outcome outcome, long now) {
    switch (outcome) {
      case Outcome.Answered _ -> {
        polls.answered(device, now);
        device.health.notBusy();
        acknowledged(device, write, now);
      }
      case Outcome.Refused(Response.Refusal refusal) -> refused(device, write, refusal, now);
      case Outcome.Silence _ -> unknown(device, write, PollOutcomes.silence(flight), now);
      case Outcome.Noise(var reason) -> unknown(device, write, PollOutcomes.noise(reason), now);
      case Outcome.Aborted _ ->
          write.settle(
              new WriteOutcome.Unknown("line " + line.name() + " was lost before an answer came"));
      case Outcome.Broadcast _ ->
          write.settle(new WriteOutcome.Unknown("sent to all devices; nobody answers a broadcast"));
    }
  }

  private void acknowledged(ModbusDevice device, PendingWrite write, long now) {
    TagSpec tag = write.tag();
    if (!polls.readBack(device, tag, now)) {
      image.arrived(
          image.index(tag.name()),
          write.value(),
          Quality.UNCERTAIN_LAST_USABLE_VALUE,
          now,
          polls.epochMicros(now),
          "as written and acknowledged; it is not read back");
    }
    write.settle(new WriteOutcome.Acknowledged());
  }

  private void refused(
      ModbusDevice device, PendingWrite write, Response.Refusal refusal, long now) {
    if (Refusals.of(refusal) == Refusals.UNREACHABLE) {
      polls.missed(device, Refusals.text(refusal), now);
    } else {
      polls.answered(device, now);
    }
    if (refusal.code() == ExceptionCode.SERVER_DEVICE_BUSY.code()) {
      device.health.busy(now);
      write.postponed(new WriteOutcome.Refused(refusal));
      writes.putBack(write);
      return;
    }
    device.health.notBusy();
    polls.readBack(device, write.tag(), now);
    write.settle(
        refusal.code() == ExceptionCode.ACKNOWLEDGE.code()
            ? new WriteOutcome.Accepted()
            : new WriteOutcome.Refused(refusal));
  }

  private void unknown(ModbusDevice device, PendingWrite write, String why, long now) {
    polls.missed(device, why, now);
    polls.readBack(device, write.tag(), now);
    write.settle(new WriteOutcome.Unknown(why));
  }
}
