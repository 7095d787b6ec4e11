package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import java.util.Locale;

/// A fault as one line of a bench file:
///
/// ```
/// {target: pump, kind: flip, rate: 0.05, at: 1500ms, for: 200ms}
/// ```
public final class FaultText {
  private static final long MS = 1_000_000;
  private static final long SECOND = 1_000 * MS;

  private FaultText() {}

  /// What a bench file says of a fault; [#read] gives the same fault back.
  public static String of(Fault fault) {
    StringBuilder text = new StringBuilder("{target: ").append(fault.target());
    text.append(", kind: ").append(word(fault.kind()));
    if (fault.rate() != 1) {
      text.append(", rate: ").append(fault.rate());
    }
    if (fault.fromNanos() > 0) {
      text.append(", at: ").append(span(fault.fromNanos()));
    }
    if (fault.untilNanos() != Long.MAX_VALUE) {
      text.append(", for: ").append(span(fault.untilNanos() - fault.fromNanos()));
    }
    if (fault.delayNanos() != Fault.defaultDelayNanos(fault.kind())) {
      text.append(", delay: ").append(span(fault.delayNanos()));
    }
    return text.append('}').toString();
  }

  /// Reads a line; whether there is such a target is not checked.
  public static Reading<Fault> read(String text) {
    Reading<FaultDocument.Entry> entry =
        new DocumentReader(_ -> null).parse("fault", text, FaultDocument.TYPE);
    FaultDocument.Entry value = entry.value();
    return new Reading<>(value == null ? null : value.fault(), entry.problems());
  }

  /// What a kind is called in a bench file, such as `second-master`.
  public static String word(FaultKind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String span(long nanos) {
    return nanos % MS == 0
        ? nanos / MS + "ms"
        : "%d.%09ds".formatted(nanos / SECOND, nanos % SECOND);
  }
}
