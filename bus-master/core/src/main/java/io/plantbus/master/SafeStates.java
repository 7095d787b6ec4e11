package io.plantbus.master;

import io.plantbus.devices.TagValue;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.WriteListener;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.master.write.WriteState;
import io.plantbus.master.write.WriteStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Writes the safe states of a plant, and stops by itself when each has ended or the time is over.
/// Once each has its answer, it waits a quarter of that time at most for the values that are read
/// back.
final class SafeStates implements Agent {
  private final List<TagSpec> tags;
  private final long allowedNanos;
  private final BiConsumer<TagSpec, WriteListener> write;
  private final Map<String, Progress> progress = new ConcurrentHashMap<>();
  private @Nullable AgentHandle handle;
  private long deadlineNanos = Long.MIN_VALUE;
  private boolean allAnswered;

  /// How far the write of one safe state has come.
  private record Progress(@Nullable WriteOutcome answer, WriteStep last) {
    Progress then(WriteStep step) {
      return new Progress(step.answer() == null ? answer : step.answer(), step);
    }
  }

  /// @param tags those of the plant that have a safe state
  /// @param allowedNanos longest time for all of them
  /// @param write sends one safe state
  SafeStates(List<TagSpec> tags, long allowedNanos, BiConsumer<TagSpec, WriteListener> write) {
    this.tags = List.copyOf(tags);
    this.allowedNanos = allowedNanos;
    this.write = write;
  }

  @Override
  public String name() {
    return "safe states";
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  @Override
  public long step(long nowNanos) {
    if (deadlineNanos == Long.MIN_VALUE) {
      deadlineNanos = nowNanos + allowedNanos;
      for (TagSpec tag : tags) {
        write.accept(tag, (_, step) -> stepped(tag, step));
      }
    }
    if (!allAnswered && haveAll(false)) {
      allAnswered = true;
      deadlineNanos = Math.min(deadlineNanos, nowNanos + allowedNanos / 4);
    }
    if (handle != null && (haveAll(true) || nowNanos >= deadlineNanos)) {
      handle.stop();
      return NEVER;
    }
    return deadlineNanos;
  }

  /// @param ended whether they must have ended, not only have been answered
  private boolean haveAll(boolean ended) {
    return progress.size() == tags.size()
        && progress.values().stream()
            .allMatch(one -> ended ? one.last().isLast() : one.answer() != null);
  }

  private void stepped(TagSpec tag, WriteStep step) {
    progress.compute(
        tag.name(),
        (_, former) -> former == null ? new Progress(step.answer(), step) : former.then(step));
    if (handle != null) {
      handle.wake();
    }
  }

  @Override
  public void stopped() {}

  /// What was not acknowledged, or does not read back as it was written, one line for a person
  /// each.
  List<String> problems() {
    List<String> problems = new ArrayList<>();
    for (TagSpec tag : tags) {
      Progress known = progress.get(tag.name());
      String problem = known == null ? "no outcome within the time allowed" : problem(known);
      if (!problem.isEmpty()) {
        TagValue value = tag.safeState();
        problems.add("safe state %s of %s: %s".formatted(value, tag.name(), problem));
      }
    }
    return problems;
  }

  private static String problem(Progress known) {
    WriteStep last = known.last();
    if (last.state() == WriteState.CONFIRMED) {
      return "";
    }
    if (last.state() == WriteState.DIVERGED) {
      return "sent, but the device holds "
          + (last.readBack() == null ? "another value" : last.readBack().value());
    }
    return switch (known.answer()) {
      case null -> "no outcome within the time allowed";
      case WriteOutcome.Acknowledged _ -> "";
      case WriteOutcome.Accepted _ -> "accepted by the device, which had not done it yet";
      case WriteOutcome.Refused refused -> refused.reason();
      case WriteOutcome.Unknown(String reason) -> "sent, but not acknowledged: " + reason;
      case WriteOutcome.Expired _ -> "could not be sent in time";
      case WriteOutcome.Rejected(String reason) -> "not sent: " + reason;
      case WriteOutcome.Superseded superseded -> "not sent: " + superseded.reason();
    };
  }
}
