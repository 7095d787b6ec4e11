package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.time.Duration;

/// The timed faults of a bench file.
final class FaultDocument {
  /// A fault whose target is still to be found.
  record Entry(Located<String> target, Fault fault) {}

  private static final Duration LONGEST = Duration.ofHours(24);

  static final ObjectType<Entry> TYPE =
      ObjectType.of(
          "fault",
          "Something that goes wrong on the way between a slave and its line.",
          keys -> {
            Key<Located<String>> target =
                keys.required(
                    "target", Types.located(Types.name()), "A slave or a whole line, by name.");
            Key<FaultKind> kind =
                keys.required(
                    "kind",
                    ChoiceType.of("mute", FaultKind.MUTE)
                        .or("drop", FaultKind.DROP)
                        .or("flip", FaultKind.FLIP)
                        .or("late", FaultKind.LATE)
                        .or("cut", FaultKind.CUT)
                        .or("twice", FaultKind.TWICE)
                        .or("garbage", FaultKind.GARBAGE)
                        .or("stuck", FaultKind.STUCK)
                        .or("arbitration", FaultKind.ARBITRATION),
                    "`mute`: as if unplugged; `drop`: answers are lost; `flip`: a bit is inverted;"
                        + " `late`: answers come late; `cut`: their end is missing; `twice`: they"
                        + " come twice; `garbage`: random bytes; on I2C also `stuck` and"
                        + " `arbitration`, but neither `cut` nor `twice`.");
            Key<Double> rate =
                keys.optional("rate", Types.real(0, 1), "1", "Share of the answers, above 0.");
            Key<Long> at =
                keys.optional(
                    "at", BenchDocument.nanos(Duration.ZERO, LONGEST), "0s", "Since the start.");
            OptionalKey<Long> lasting =
                keys.optional(
                    "for",
                    BenchDocument.nanos(Duration.ofMillis(1), LONGEST),
                    "How long; for good if absent.");
            Key<Long> delay =
                keys.optional(
                    "delay",
                    BenchDocument.nanos(Duration.ZERO, Duration.ofMinutes(1)),
                    "2s",
                    "How late, for `late`.");
            return fields -> {
              long from = fields.get(at);
              Long length = fields.get(lasting);
              long until = length == null ? Long.MAX_VALUE : from + length;
              Located<String> hit = fields.get(target);
              return new Entry(
                  hit,
                  new Fault(
                      hit.value(),
                      fields.get(kind),
                      fields.get(rate),
                      from,
                      until,
                      fields.get(delay)));
            };
          });

  private FaultDocument() {}
}
