package io.plantbus.master.write;

import io.plantbus.devices.profile.Point;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Where every write begins: it gets its id, is checked and put on record, and goes to the queue of
/// its line. Safe for use by any thread.
public final class WriteDesk {
  private final WriteAudit audit;
  private final AtomicLong ids = new AtomicLong();

  /// Where a tag is written.
  ///
  /// @param device the device of the tag
  /// @param queue that of its line
  /// @param wake makes the line look at its queue
  /// @param clock of the line's runner
  public record Target(
      TagSpec tag, DeviceSpec device, WriteQueue queue, Runnable wake, NanoClock clock) {}

  /// @param audit told of every write
  public WriteDesk(WriteAudit audit) {
    this.audit = audit;
  }

  /// Rejects a write to what cannot be written at all.
  ///
  /// @return its id
  public long reject(WriteCommand command, NanoClock clock, String why, WriteListener listener) {
    WriteIntent intent =
        new WriteIntent(
            ids.incrementAndGet(),
            command,
            "",
            "",
            "",
            "",
            null,
            clock.nanoTime(),
            clock.epochMicros());
    reject(intent, clock, why, listener);
    return intent.id();
  }

  private void reject(WriteIntent intent, NanoClock clock, String why, WriteListener listener) {
    audit.asked(intent, () -> {});
    WriteOutcome answer = new WriteOutcome.Rejected(why);
    WriteStep step =
        new WriteStep(
            intent.id(),
            answer.state(),
            true,
            clock.nanoTime(),
            clock.epochMicros(),
            answer,
            null,
            why);
    audit.stepped(intent, step);
    listener.stepped(intent, step);
  }

  /// Checks a write and sends it on its way. A write of class SAFETY does not wait for its record.
  ///
  /// @param before the sample of the tag now
  /// @param urgent whether it is sent even while its device is given a rest
  /// @return its id
  public long send(
      WriteCommand command,
      Target target,
      @Nullable TagSample before,
      boolean urgent,
      WriteListener listener) {
    DeviceSpec device = target.device();
    NanoClock clock = target.clock();
    long now = clock.nanoTime();
    WritePlan plan =
        device.inService()
            ? WritePlan.of(target.tag(), command.value(), device.profile().limits())
            : new WritePlan.Impossible("device " + device.name() + " is out of service");
    WriteIntent intent =
        new WriteIntent(
            ids.incrementAndGet(),
            command,
            device.line(),
            device.name(),
            address(device, target.tag()),
            raw(plan, command, target.tag()),
            before,
            now,
            clock.epochMicros());
    switch (plan) {
      case WritePlan.Impossible(String reason) -> reject(intent, clock, reason, listener);
      case WritePlan.Ready(var request) ->
          queue(
              new PendingWrite(
                  intent,
                  target.tag(),
                  request,
                  now + command.timeToLiveNanos(),
                  urgent,
                  clock,
                  (write, step) -> {
                    audit.stepped(write, step);
                    listener.stepped(write, step);
                  }),
              intent,
              target);
    }
    return intent.id();
  }

  private void queue(PendingWrite write, WriteIntent intent, Target target) {
    if (intent.command().priority() == Priority.SAFETY) {
      write.recorded();
    }
    audit.asked(
        intent,
        () -> {
          write.recorded();
          target.wake().run();
        });
    target.queue().offer(write);
    target.wake().run();
  }

  private static String address(DeviceSpec device, TagSpec tag) {
    String unit =
        switch (device.address()) {
          case DeviceSpec.Address.Modbus(UnitId id) -> "unit " + id.value();
          case DeviceSpec.Address.I2c(var at) -> at.toString();
        };
    return switch (tag.resource().point()) {
      case Point.Modbus point -> unit + " " + point.table().keyword() + ":" + point.range();
      case Point.I2cRegister point -> unit + " register " + point.register();
      case Point.I2cChannel point -> unit + " " + point.channel();
    };
  }

  private static String raw(WritePlan plan, WriteCommand command, TagSpec tag) {
    return switch (plan) {
      case WritePlan.Impossible _ -> "";
      case WritePlan.Ready(Request request) when request != null -> WrittenField.of(request).raw();
      case WritePlan.Ready _ -> ReadBacks.raw(tag.resource().point(), command.value());
    };
  }
}
