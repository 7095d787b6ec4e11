package io.plantbus.master.proof;

import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.bound.Nanos;
import io.plantbus.master.proof.load.LoadedPoll;
import io.plantbus.protocols.modbus.Request;
import java.util.List;

/// What is proven of one planned read. Times that have no end are [Nanos#UNBOUNDED].
///
/// @param device whom it asks
/// @param request what it asks
/// @param priority its class
/// @param periodNanos how often it is due
/// @param occupiedNanos what it takes of the line at most, silence included
/// @param answeredNanos from the start of the request to the end of its answer, at most
/// @param responseNanos from being due to the end of its answer, at most, while every device
///   answers
/// @param besideSilentNanos the same while other devices are known to be silent, however many
/// @param tags what its answer holds
public record PollBound(
    String device,
    Request.Read request,
    Priority priority,
    long periodNanos,
    long occupiedNanos,
    long answeredNanos,
    long responseNanos,
    long besideSilentNanos,
    List<TagSpec> tags) {
  public PollBound {
    tags = List.copyOf(tags);
  }

  static PollBound of(LoadedPoll poll, long responseNanos, long besideSilentNanos) {
    return new PollBound(
        poll.device().name(),
        poll.read().request(),
        poll.read().priority(),
        poll.periodNanos(),
        poll.occupiedNanos(),
        poll.answeredNanos(),
        responseNanos,
        besideSilentNanos,
        poll.read().tags());
  }

  /// The oldest that its values get while every device answers.
  public long ageNanos() {
    return Nanos.plus(periodNanos, responseNanos);
  }

  /// The oldest that its values get while its own device answers and others are known to be silent.
  public long ageBesideSilentNanos() {
    return Nanos.plus(periodNanos, besideSilentNanos);
  }

  /// Whether it may end only after it is due again, so that a turn is left out.
  public boolean isLate() {
    return responseNanos >= periodNanos;
  }
}
