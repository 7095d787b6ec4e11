package io.plantbus.app.soak.invariant;

import io.plantbus.app.soak.Disturbances;
import io.plantbus.app.soak.SoakPlant;
import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.app.soak.SoakSlaves;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.write.WriteIntent;
import io.plantbus.master.write.WriteListener;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Holds what is said of writes against what the slaves did. Every write of a case has a value of
/// its own, so an execution tells which write it was.
public final class WriteInvariants implements WriteListener, SoakSlaves.Listener {
  private static final long KEPT_NANOS = 60_000_000_000L;
  private static final long LONGEST_HELD_NANOS = 5_000_000_000L;
  private static final long LONGEST_REQUEST_NANOS = 60_000_000;
  private static final long LEAST_PAUSE_NANOS = 50_000_000;

  private final Checks checks;
  private final NanoClock clock;
  private final Disturbances disturbances;
  private final Map<String, Write> writes = new HashMap<>();
  private final Map<String, Long> answeredByServer = new HashMap<>();
  private final ArrayDeque<Write> ended = new ArrayDeque<>();
  private long open;
  private long asked;

  private enum Fate {
    UNDECIDED,
    DONE,
    UNDONE
  }

  private static final class Write {
    final String place;
    final int value;
    final long expiresNanos;
    int executions;
    int refusals;
    int ends;
    long endedNanos;
    long id;
    long refusedNanos;
    boolean waits;
    @Nullable Priority priority;
    Fate fate = Fate.UNDECIDED;

    Write(String place, int value, long expiresNanos) {
      this.place = place;
      this.value = value;
      this.expiresNanos = expiresNanos;
    }

    String key() {
      return place + "=" + value;
    }
  }

  /// Nothing was written yet.
  ///
  /// @param disturbances when the network was disturbed
  public WriteInvariants(Checks checks, NanoClock clock, Disturbances disturbances) {
    this.checks = checks;
    this.clock = clock;
    this.disturbances = disturbances;
  }

  /// A write is about to be asked for.
  ///
  /// @param address of its first register
  /// @param value no other write of the last minute to that place had
  public void asked(Unit unit, int address, int value, long timeToLiveNanos) {
    asked++;
    open++;
    String place = place(unit, address);
    Write write = new Write(place, value, clock.nanoTime() + timeToLiveNanos);
    writes.put(write.key(), write);
    forgetOld();
  }

  private static String place(Unit unit, int address) {
    return unit.name() + (address == SoakPlant.OUTPUT_ADDRESS ? ".out" : ".wide");
  }

  private void forgetOld() {
    long now = clock.nanoTime();
    while (!ended.isEmpty() && ended.getFirst().endedNanos < now - KEPT_NANOS) {
      Write old = ended.removeFirst();
      writes.remove(old.key(), old);
    }
  }

  @Override
  public void executed(Unit unit, int address, int value, long nowNanos) {
    String place = place(unit, address);
    Write write = writes.get(place + "=" + value);
    checks.that(
        write != null,
        Invariant.TRUE_WRITE,
        nowNanos,
        () -> place + " was written " + value + ", which nobody asked for of late");
    if (write == null) {
      return;
    }
    write.executions++;
    checks.that(
        write.executions == 1,
        Invariant.ONCE,
        nowNanos,
        () -> write.key() + " was executed " + write.executions + " times");
    checks.that(
        write.fate != Fate.UNDONE,
        Invariant.NOT_DONE,
        nowNanos,
        () -> write.key() + " was executed after it had been reported undone");
    // What was sent in time may lie in the network; no master gets it back from there.
    boolean held = !unit.isSerial() && disturbances.heldUp(nowNanos - LONGEST_HELD_NANOS, nowNanos);
    checks.that(
        held || nowNanos <= write.expiresNanos + LONGEST_REQUEST_NANOS,
        Invariant.NOT_LATE,
        nowNanos,
        () -> write.key() + " was executed though its time to live was over");
  }

  @Override
  public void refused(Unit unit, Request request, ExceptionCode code, long nowNanos) {
    Write write =
        switch (request) {
          case Request.WriteSingleRegister(int address, int value) ->
              writes.get(place(unit, address) + "=" + value);
          case Request.WriteMultipleRegisters(int start, RegisterBlock registers) ->
              writes.get(place(unit, start) + "=" + value(registers));
          case Request.Read _,
              Request.WriteSingleCoil _,
              Request.WriteMultipleCoils _,
              Request.MaskWriteRegister _,
              Request.ReadWriteMultipleRegisters _,
              Request.Service _ ->
              null;
        };
    if (write != null) {
      checks.that(
          write.refusals == 0 || nowNanos - write.refusedNanos >= LEAST_PAUSE_NANOS,
          Invariant.BUSY_AGAIN,
          nowNanos,
          () -> write.key() + " came again at once to a device that was busy");
      write.refusals++;
      write.refusedNanos = nowNanos;
    }
  }

  private static int value(RegisterBlock registers) {
    int value = 0;
    for (int i = 0; i < registers.count(); i++) {
      value = value << 16 | registers.register(i);
    }
    return value;
  }

  @Override
  public void answeredByServer(Unit unit, long nowNanos) {
    answeredByServer.put(place(unit, SoakPlant.OUTPUT_ADDRESS), nowNanos);
    answeredByServer.put(place(unit, SoakPlant.WIDE_OUTPUT_ADDRESS), nowNanos);
  }

  @Override
  public void stepped(WriteIntent intent, WriteStep step) {
    String key = intent.command().tag() + "=" + intent.command().value();
    Write write = writes.get(key);
    if (write == null) {
      checks.that(
          false, Invariant.ENDS_ONCE, step.nanos(), () -> key + " goes on after its end: " + step);
      return;
    }
    checks.that(
        write.ends == 0, Invariant.ENDS_ONCE, step.nanos(), () -> key + " goes on after its end");
    write.id = intent.id();
    write.priority = intent.command().priority();
    write.waits = step.state() == WriteState.QUEUED;
    if (step.state() == WriteState.SENT) {
      goesOut(write, step.nanos());
    }
    WriteOutcome answer = step.answer();
    if (answer != null) {
      judge(write, answer, step.nanos());
    }
    switch (step.state()) {
      case CONFIRMED ->
          checks.that(
              write.executions == 1,
              Invariant.TRUE_WRITE,
              step.nanos(),
              () -> key + " is confirmed and was executed " + write.executions + " times");
      case QUEUED,
          SENT,
          ACKNOWLEDGED,
          READ_BACK,
          DIVERGED,
          REFUSED,
          UNKNOWN,
          EXPIRED,
          REJECTED,
          SUPERSEDED -> {}
    }
    if (step.isLast()) {
      write.ends++;
      write.endedNanos = clock.nanoTime();
      ended.addLast(write);
      open--;
    }
  }

  /// A write goes out: none of its class to the same place may have waited for longer.
  private void goesOut(Write sent, long nanos) {
    Write passed = null;
    for (Write other : writes.values()) {
      if (other.waits
          && other.id < sent.id
          && other.priority == sent.priority
          && other.expiresNanos > nanos
          && other.place.equals(sent.place)) {
        passed = other;
      }
    }
    String earlier = passed == null ? "" : passed.key();
    checks.that(
        passed == null,
        Invariant.IN_ORDER,
        nanos,
        () -> sent.key() + " went out before " + earlier + ", which waits for longer");
  }

  private void judge(Write write, WriteOutcome answer, long nanos) {
    switch (answer) {
      case WriteOutcome.Acknowledged _, WriteOutcome.Accepted _ -> {
        write.fate = Fate.DONE;
        checks.that(
            write.executions == 1,
            Invariant.TRUE_WRITE,
            nanos,
            () -> write.key() + " is acknowledged, was executed " + write.executions + " times");
      }
      case WriteOutcome.Refused(var refusal) -> {
        undone(write, answer, nanos);
        checks.that(
            refusal.code() != ExceptionCode.SERVER_DEVICE_BUSY.code()
                || nanos >= write.expiresNanos,
            Invariant.BUSY_AGAIN,
            nanos,
            () -> write.key() + " was given up, as its device was busy, before its time was over");
        checks.that(
            write.refusals > 0
                || answeredByServer.getOrDefault(write.place, Long.MIN_VALUE / 2)
                    >= nanos - LONGEST_HELD_NANOS,
            Invariant.TRUE_WRITE,
            nanos,
            () -> write.key() + " is said to be refused, and nobody refused it");
      }
      case WriteOutcome.Unknown _ -> {}
      case WriteOutcome.Expired _, WriteOutcome.Rejected _, WriteOutcome.Superseded _ ->
          undone(write, answer, nanos);
    }
  }

  private void undone(Write write, WriteOutcome answer, long nanos) {
    write.fate = Fate.UNDONE;
    checks.that(
        write.executions == 0,
        Invariant.NOT_DONE,
        nanos,
        () -> write.key() + " is " + answer.state().keyword() + ", and was executed");
  }

  /// The case is over, and everything had time to end.
  public void finished(long nowNanos) {
    checks.that(
        open == 0, Invariant.ENDS_ONCE, nowNanos, () -> open + " of the writes never ended");
  }

  /// Writes that were asked for.
  public long count() {
    return asked;
  }
}
