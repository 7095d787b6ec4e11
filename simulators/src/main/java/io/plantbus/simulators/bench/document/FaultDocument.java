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

  private static final Duration LONGEST = Duration.ofDays(366);

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
                        .or("arbitration", FaultKind.ARBITRATION)
                        .or("noise", FaultKind.NOISE)
                        .or("no-bias", FaultKind.NO_BIAS)
                        .or("babble", FaultKind.BABBLE)
                        .or("duplicate", FaultKind.DUPLICATE)
                        .or("second-master", FaultKind.SECOND_MASTER)
                        .or("wrong-baud", FaultKind.WRONG_BAUD)
                        .or("wrong-parity", FaultKind.WRONG_PARITY)
                        .or("reset", FaultKind.RESET)
                        .or("half-open", FaultKind.HALF_OPEN)
                        .or("black-hole", FaultKind.BLACK_HOLE)
                        .or("slow-reader", FaultKind.SLOW_READER)
                        .or("refuse", FaultKind.REFUSE)
                        .or("split", FaultKind.SPLIT),
                    "`mute`: as if unplugged; `drop`: answers are lost; `flip`: a bit is inverted;"
                        + " `late`: answers come late; `cut`: their end is missing; `twice`: they"
                        + " come twice; `garbage`: random bytes; on I2C also `stuck` and"
                        + " `arbitration`, but neither `cut` nor `twice`. Of the wire of a serial"
                        + " line, with `wire: paced` or in virtual time: `noise`: characters that"
                        + " nobody sent; `no-bias`: the idle pair floats; `babble`: the slave"
                        + " drives it unasked; `duplicate`: a second device with its unit id"
                        + " answers too; `second-master`: another master asks; `wrong-baud` and"
                        + " `wrong-parity`: the slave has other settings than its line."
                        + " On a TCP line: `reset` in"
                        + " the middle of an answer; `half-open`: the slaves vanish without a word;"
                        + " `black-hole`: nothing gets through until it is over; `slow-reader`:"
                        + " requests are read a byte each `delay`; `refuse`: no new connections, in"
                        + " virtual time only; `split`: answers come in pieces. On I2C `reset` cuts"
                        + " a transfer off and leaves the bus as it stands.");
            Key<Double> rate =
                keys.optional(
                    "rate",
                    Types.real(0, 1000),
                    "1",
                    "Above 0 to 1: the share of the answers; of the requests for `wrong-baud`; of"
                        + " the times that a driver lets go for `no-bias`; of the seconds for"
                        + " `babble`. Above 0 to 1000: bursts per second for `noise`, requests per"
                        + " second for `second-master`.");
            Key<Long> at =
                keys.optional(
                    "at", BenchDocument.nanos(Duration.ZERO, LONGEST), "0s", "Since the start.");
            OptionalKey<Long> lasting =
                keys.optional(
                    "for",
                    BenchDocument.nanos(Duration.ofMillis(1), LONGEST),
                    "How long; for good if absent.");
            OptionalKey<Long> delay =
                keys.optional(
                    "delay",
                    BenchDocument.nanos(Duration.ZERO, Duration.ofMinutes(1)),
                    "How late: 2s unless told for `late`, 500us for `duplicate`; from one byte to the"
                        + " next, for `slow-reader`.");
            return fields -> {
              long from = fields.get(at);
              Long length = fields.get(lasting);
              long until = length == null ? Long.MAX_VALUE : from + length;
              Located<String> hit = fields.get(target);
              FaultKind how = fields.get(kind);
              boolean lasts = how == FaultKind.BLACK_HOLE || how == FaultKind.SLOW_READER;
              double often = fields.get(rate);
              if (lasts && often < 1) {
                fields
                    .problems()
                    .error(
                        fields.node(rate),
                        "this fault lasts, and hits no share of the answers",
                        "leave rate out");
                return null;
              }
              if (often <= 0 || often > Fault.mostRate(how)) {
                fields
                    .problems()
                    .error(
                        fields.node(rate),
                        "a rate of '" + FaultText.word(how) + "' cannot be " + often,
                        "write a number above 0, at most " + (long) Fault.mostRate(how));
                return null;
              }
              Long late = fields.get(delay);
              return new Entry(
                  hit,
                  new Fault(
                      hit.value(),
                      how,
                      often,
                      from,
                      until,
                      late == null ? Fault.defaultDelayNanos(how) : late));
            };
          });

  private FaultDocument() {}
}
