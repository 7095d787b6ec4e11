package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.PendingWrite;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteQueue;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
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
  private long lastTransaction;

  WriteOutcomes(LineSpec line, PollOutcomes polls, WriteQueue writes, LiveImage image) {
    this.line = line;
    this.polls = polls;
    this.writes = writes;
    this.image = image;
  }

  /// A transaction of any kind was offered: what is read by later ones was asked for later.
  void offered(long transaction) {
    lastTransaction = transaction;
  }

  /// A read was answered.
  void read(
      ModbusDevice device, long transaction, Request.Read request, Response response, long now) {
    writes.readBacks().read(device.spec.name(), transaction, request, response, now);
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
          answered(
              write,
              new WriteOutcome.Unknown("line " + line.name() + " was lost before an answer came"),
              device.pollOf(write.tag()) != null,
              now);
      case Outcome.Broadcast _ ->
          answered(
              write,
              new WriteOutcome.Unknown("sent to all devices; nobody answers a broadcast"),
              false,
              now);
    }
  }

  /// @param isRead whether its value is read back
  private void answered(PendingWrite write, WriteOutcome answer, boolean isRead, long now) {
    if (isRead) {
      writes.readBacks().await(write, answer, lastTransaction, now);
    } else {
      writes.readBacks().forget(write);
      write.settle(answer);
    }
  }

  private void acknowledged(ModbusDevice device, PendingWrite write, long now) {
    TagSpec tag = write.tag();
    boolean isRead = polls.readBack(device, tag, now);
    if (!isRead) {
      image.arrived(
          image.index(tag.name()),
          write.value(),
          Quality.UNCERTAIN_LAST_USABLE_VALUE,
          now,
          polls.epochMicros(now),
          "as written and acknowledged; it is not read back");
    }
    answered(write, new WriteOutcome.Acknowledged(), isRead, now);
  }

  private void refused(
      ModbusDevice device, PendingWrite write, Response.Refusal refusal, long now) {
    if (refusal.code() == ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND.code()) {
      // The gateway did send it, so the device behind it may have done it (AP 7).
      unknown(device, write, Refusals.text(refusal), now);
      return;
    }
    if (Refusals.of(refusal) == Refusals.UNREACHABLE) {
      polls.missed(device, Refusals.text(refusal), now);
    } else {
      polls.answered(device, now);
    }
    if (refusal.code() == ExceptionCode.SERVER_DEVICE_BUSY.code()) {
      device.health.busy(now);
      writes.readBacks().forget(write);
      write.postponed(new WriteOutcome.Refused(refusal));
      writes.putBack(write);
      return;
    }
    device.health.notBusy();
    boolean isRead = polls.readBack(device, write.tag(), now);
    boolean accepted = refusal.code() == ExceptionCode.ACKNOWLEDGE.code();
    answered(
        write,
        accepted ? new WriteOutcome.Accepted() : new WriteOutcome.Refused(refusal),
        accepted && isRead,
        now);
  }

  private void unknown(ModbusDevice device, PendingWrite write, String why, long now) {
    polls.missed(device, why, now);
    boolean isRead = polls.readBack(device, write.tag(), now);
    answered(write, new WriteOutcome.Unknown(why), isRead, now);
  }
}
