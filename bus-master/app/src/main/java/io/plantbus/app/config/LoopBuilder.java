package io.plantbus.app.config;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.Located;
import io.plantbus.master.plant.LoopSpec;
import io.plantbus.master.plant.TagSpec;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Checks loops against the tags that they work on.
final class LoopBuilder {
  private final Tags tags;
  private final Problems problems;
  private final Map<String, String> outputs = new HashMap<>();

  LoopBuilder(Tags tags, Problems problems) {
    this.tags = tags;
    this.problems = problems;
  }

  /// The loop, or null after a problem.
  @Nullable LoopSpec build(LoopDocument loop) {
    int before = problems.count();
    TagSpec measured = tags.find(loop.measure());
    if (measured != null && !measured.resource().access().canRead()) {
      problems.error(
          loop.measure().where(), measured.name() + " cannot be read", "name a tag that can");
    }
    TagSpec output = tags.find(loop.output());
    if (output != null) {
      checkOutput(loop, output);
    }
    if (loop.low() >= loop.high().value()) {
      problems.error(
          loop.high().where(),
          "high is not above low: " + loop.high().value() + " and " + loop.low(),
          "write a greater number");
    }
    if (output == null) {
      return null;
    }
    TagValue below = value(loop.below(), output);
    TagValue above = value(loop.above(), output);
    TagValue whenBad = value(loop.whenBad(), output);
    return problems.count() > before || below == null || above == null || whenBad == null
        ? null
        : new LoopSpec.Hysteresis(
            loop.name(),
            loop.measure().value(),
            output.name(),
            loop.low(),
            loop.high().value(),
            below,
            above,
            whenBad,
            loop.period().toNanos(),
            loop.priority());
  }

  private void checkOutput(LoopDocument loop, TagSpec output) {
    if (!output.resource().access().canWrite()) {
      problems.error(loop.output().where(), output.name() + " cannot be written", "name an output");
    }
    String former = outputs.putIfAbsent(output.name(), loop.name());
    if (former != null) {
      problems.error(
          loop.output().where(),
          output.name() + " is written by loop '" + former + "' already",
          "give each loop an output of its own");
    }
  }

  private @Nullable TagValue value(Located<String> written, TagSpec output) {
    return output.resource().access().canWrite() ? tags.value(written, output.resource()) : null;
  }
}
