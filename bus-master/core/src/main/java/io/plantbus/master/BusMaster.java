package io.plantbus.master;

import io.plantbus.master.alarm.AlarmBoard;
import io.plantbus.master.change.PlantChange;
import io.plantbus.master.image.ProcessImage;
import io.plantbus.master.line.DeviceReport;
import io.plantbus.master.line.LineReport;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.write.WriteCommand;
import io.plantbus.master.write.WriteListener;
import io.plantbus.master.write.WriteOutcome;
import java.util.List;
import java.util.function.Consumer;

/// A running master: one agent per line, the process image, and the way down for writes. Safe for
/// use by any thread.
public interface BusMaster {
  /// What it runs.
  Plant plant();

  /// The latest samples.
  ProcessImage image();

  /// The alarms of its tags.
  AlarmBoard alarms();

  /// How each line is doing, in the order of the plant.
  List<LineReport> lines();

  /// How each device is doing, in the order of the plant.
  List<DeviceReport> devices();

  /// Where the bytes of its Modbus lines can be listened to, in the order of the plant.
  default List<LineTap> taps() {
    return List.of();
  }

  /// What was learned about its devices, before this start and since.
  default Observations observations() {
    return Observations.NONE;
  }

  /// Sends a command on its way and tells all that becomes of it. Never waits.
  ///
  /// @param listener told every step, the last exactly once
  /// @return the id of the write, unique in one run
  long follow(WriteCommand command, WriteListener listener);

  /// Sends a command on its way, for those who want to know what the device answered and not what
  /// is read back later. Never waits.
  ///
  /// @param answer told exactly once what the device answered or why it was not asked, on the
  ///   thread of the line or, if rejected, on the caller's
  /// @return the id of the write, unique in one run
  default long write(WriteCommand command, Consumer<WriteOutcome> answer) {
    return follow(command, WriteListener.answered(answer));
  }

  /// Runs another plant from here on, without a stop: lines, devices, tags and loops that stay as
  /// they are go on as if nothing had happened. A write that waits for what changes is rejected. An
  /// output that leaves the plant stays as it is.
  ///
  /// @param next checked before
  /// @return what was different
  /// @throws IllegalArgumentException if the plant names lines, tags or drivers that there are not;
  ///   then nothing was changed
  /// @throws IllegalStateException if the master is stopping
  /// @throws InterruptedException if the waiting thread is interrupted while lines close
  PlantChange apply(Plant next) throws InterruptedException;

  /// Writes the safe states, then stops every agent and closes every port.
  ///
  /// @param safeStateNanos longest time for the safe states, all lines together
  /// @return what became of each safe state, one line for a person each; empty if all were
  ///   acknowledged
  /// @throws InterruptedException if the waiting thread is interrupted
  List<String> stop(long safeStateNanos) throws InterruptedException;
}
