package io.plantbus.master;

import io.plantbus.devices.TagValue;
import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.write.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Writes the safe states of a plant, and stops by itself when each has an outcome or the time is
/// over.
final class SafeStates implements Agent {
  private final List<TagSpec> tags;
  private final long allowedNanos;
  private final BiConsumer<TagSpec, Consumer<WriteOutcome>> write;
  private final Map<String, WriteOutcome> outcomes = new ConcurrentHashMap<>();
  private @Nullable AgentHandle handle;
  private long deadlineNanos = Long.MIN_VALUE;

  /// @param tags those of the plant that have a safe state
  /// @param allowedNanos longest time for all of them
  /// @param write sends one safe state
  SafeStates(
      List<TagSpec> tags, long allowedNanos, BiConsumer<TagSpec, Consumer<WriteOutcome>> write) {
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
        write.accept(tag, outcome -> settled(tag, outcome));
      }
    }
    if (handle != null && (outcomes.size() == tags.size() || nowNanos >= deadlineNanos)) {
      handle.stop();
      return NEVER;
    }
    return deadlineNanos;
  }

  private void settled(TagSpec tag, WriteOutcome outcome) {
    outcomes.put(tag.name(), outcome);
    if (handle != null) {
      handle.wake();
    }
  }

  @Override
  public void stopped() {}

  /// What was not acknowledged, one line for a person each.
  List<String> problems() {
    Map<String, WriteOutcome> known = new TreeMap<>(outcomes);
    List<String> problems = new ArrayList<>();
    for (TagSpec tag : tags) {
      String problem = problem(known.get(tag.name()));
      if (!problem.isEmpty()) {
        TagValue value = tag.safeState();
        problems.add("safe state %s of %s: %s".formatted(value, tag.name(), problem));
      }
    }
    return problems;
  }

  private static String problem(@Nullable WriteOutcome outcome) {
    return switch (outcome) {
      case null -> "no outcome within the time allowed";
      case WriteOutcome.Acknowledged _ -> "";
      case WriteOutcome.Accepted _ -> "accepted by the device, which had not done it yet";
      case WriteOutcome.Refused(var refusal) ->
          "refused by the device with exception %02x".formatted(refusal.code());
      case WriteOutcome.Unknown(String reason) -> "sent, but not acknowledged: " + reason;
      case WriteOutcome.Expired _ -> "could not be sent in time";
      case WriteOutcome.Rejected(String reason) -> "not sent: " + reason;
    };
  }
}
