package io.plantbus.master.proof;

import io.plantbus.hal.SerialSettings;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.LineSpec.Transport;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Finding.Kind;
import io.plantbus.master.proof.load.LineLoad;
import io.plantbus.master.proof.load.PollBundle;
import io.plantbus.master.proof.load.Schedule;
import io.plantbus.master.proof.load.Suspects;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/// Changes that make a line work: each is tried, and told only if the line then holds.
final class Remedies {
  private static final List<Integer> BAUDS =
      List.of(1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200);
  private static final int MOST_LINES = 4;
  private static final int MOST_WINDOW = 16;
  private static final int MOST_GROUPS = 4;
  private static final long LONGEST_FACTOR_TENTHS = 100_000;
  private static final long MILLI = 1_000_000;
  private static final long LEAST_TIMEOUT_NANOS = 20 * MILLI;

  private record Group(Priority priority, long periodNanos) {}

  private final LineLoad load;
  private final List<Remedy> found = new ArrayList<>();

  /// Whether answers take longer than the time-out, so that it is to be looked at.
  private boolean tooSlow;

  Remedies(LineLoad load) {
    this.load = load;
  }

  List<Remedy> forFindings(List<Finding> findings) {
    tooSlow = findings.stream().anyMatch(each -> each.kind() == Kind.ANSWER_BEYOND_TIMEOUT);
    if (findings.stream().anyMatch(Finding::isRejection)) {
      longerTimeout();
      limits();
      baud();
      window();
      somePeriods();
      allPeriods();
      split();
    } else if (findings.stream().anyMatch(each -> each.kind() == Kind.LATE_BESIDE_SILENT)) {
      shorterTimeout();
    }
    return List.copyOf(found);
  }

  private void add(Remedy.Kind kind, String words) {
    found.add(new Remedy(kind, words));
  }

  private boolean works(LineLoad changed) {
    return (!tooSlow || changed.slowestAnswerNanos() < changed.line().responseTimeoutNanos())
        && Schedule.of(changed, Suspects.NONE).holds();
  }

  private void longerTimeout() {
    if (tooSlow) {
      long millis = load.slowestAnswerNanos() / MILLI + 1;
      if (works(load.on(with(load.line().transport(), millis * MILLI)))) {
        add(Remedy.Kind.TIMEOUT, "write timeout: %dms or more".formatted(millis));
      }
    }
  }

  /// The least number that is good enough, if the greatest is.
  private static long least(long from, long to, LongPredicate good) {
    long bad = from - 1;
    long enough = to;
    while (enough - bad > 1) {
      long middle = bad + (enough - bad) / 2;
      if (good.test(middle)) {
        enough = middle;
      } else {
        bad = middle;
      }
    }
    return enough;
  }

  private void baud() {
    if (!(load.line().transport() instanceof Transport.Serial serial)) {
      return;
    }
    int now = serial.settings().baud();
    for (int baud : BAUDS) {
      if (baud > now && works(load.on(at(serial, baud)))) {
        add(
            Remedy.Kind.BAUD,
            "raise the speed from %d to %d baud, on every device of the line".formatted(now, baud));
        return;
      }
    }
  }

  private LineSpec at(Transport.Serial serial, int baud) {
    SerialSettings old = serial.settings();
    SerialSettings settings =
        new SerialSettings(baud, old.dataBits(), old.parity(), old.stopBits(), old.direction());
    return with(
        new Transport.Serial(
            serial.device(),
            serial.framing(),
            settings,
            serial.echo(),
            serial.silenceNanos(),
            serial.turnaroundNanos(),
            serial.driver()),
        load.line().responseTimeoutNanos());
  }

  private LineSpec with(Transport transport, long timeoutNanos) {
    LineSpec line = load.line();
    return new LineSpec(
        line.name(),
        transport,
        timeoutNanos,
        line.retries(),
        line.reconnectMinNanos(),
        line.reconnectMaxNanos(),
        line.isolation(),
        line.captureBytes());
  }

  private void window() {
    for (int window = load.window() + 1; window <= MOST_WINDOW; window++) {
      Transport wider = wider(window);
      if (wider == null) {
        return;
      }
      if (works(load.on(with(wider, load.line().responseTimeoutNanos())))) {
        add(
            Remedy.Kind.WINDOW,
            "write window: %d instead of %d, if the peer takes as many requests at once"
                .formatted(window, load.window()));
        return;
      }
    }
  }

  private @Nullable Transport wider(int window) {
    return switch (load.line().transport()) {
      case Transport.Tcp tcp ->
          tcp.framing() == StreamFraming.MBAP
              ? new Transport.Tcp(
                  tcp.host(),
                  tcp.port(),
                  tcp.framing(),
                  window,
                  tcp.connectTimeoutNanos(),
                  tcp.tls())
              : null;
      case Transport.Udp udp -> new Transport.Udp(udp.host(), udp.port(), window);
      case Transport.Serial _, Transport.I2c _ -> null;
    };
  }

  private void allPeriods() {
    LongPredicate good =
        tenths -> works(load.every(bundle -> slower(bundle.periodNanos(), tenths)));
    if (good.test(LONGEST_FACTOR_TENTHS)) {
      long tenths = least(11, LONGEST_FACTOR_TENTHS, good);
      add(
          Remedy.Kind.PERIODS,
          String.format(Locale.ROOT, "make every period %.1f times as long", tenths / 10.0));
    }
  }

  private static long slower(long periodNanos, long tenths) {
    return Math.ceilDiv(periodNanos * tenths, 10);
  }

  /// The tags of one class and period that ask for most, or that are late.
  private void somePeriods() {
    Map<Group, Double> shares = new HashMap<>();
    Schedule now = Schedule.of(load, Suspects.NONE);
    for (PollBundle bundle : load.bundles()) {
      if (bundle.priority() != Priority.BACKGROUND) {
        double weight = bundle.utilisation() * (now.isLate(bundle) ? 2 : 1);
        shares.merge(group(bundle), weight, Double::sum);
      }
    }
    if (shares.size() < 2) {
      return;
    }
    List<Group> heaviest = new ArrayList<>(shares.keySet());
    heaviest.sort(
        Comparator.<Group>comparingDouble(group -> -shares.getOrDefault(group, 0.0))
            .thenComparingLong(Group::periodNanos));
    for (Group group : heaviest.subList(0, Math.min(MOST_GROUPS, heaviest.size()))) {
      if (slowed(group)) {
        return;
      }
    }
  }

  private static Group group(PollBundle bundle) {
    return new Group(bundle.priority(), bundle.periodNanos());
  }

  private boolean slowed(Group group) {
    LongPredicate good =
        tenths ->
            works(
                load.every(
                    bundle ->
                        group(bundle).equals(group)
                            ? slower(bundle.periodNanos(), tenths)
                            : bundle.periodNanos()));
    if (!good.test(LONGEST_FACTOR_TENTHS)) {
      return false;
    }
    long period = slower(group.periodNanos(), least(11, LONGEST_FACTOR_TENTHS, good));
    List<String> tags =
        load.polls().stream()
            .filter(
                poll ->
                    poll.read().priority() == group.priority()
                        && poll.periodNanos() == group.periodNanos())
            .flatMap(poll -> poll.read().tags().stream())
            .map(TagSpec::name)
            .toList();
    add(
        Remedy.Kind.SOME_PERIODS,
        "read the %s of every %s only every %s: %s"
            .formatted(
                Words.count(tags.size(), "tag"),
                Words.span(group.periodNanos()),
                Words.span(period),
                Words.names(tags)));
    return true;
  }

  private void limits() {
    LineLoad unlimited = load.unlimited();
    if (unlimited.polls().size() < load.polls().size() && works(unlimited)) {
      List<String> narrow =
          load.devices().stream()
              .filter(device -> requests(unlimited, device) < requests(load, device))
              .map(DeviceSpec::name)
              .toList();
      add(
          Remedy.Kind.LIMITS,
          "ask for more at once, if %s allows it: its profile says less than the specification,"
                  .formatted(Words.names(narrow))
              + " with which %s would do instead of %d"
                  .formatted(
                      Words.count(unlimited.polls().size(), "request"), load.polls().size()));
    }
  }

  private static long requests(LineLoad of, DeviceSpec device) {
    return of.polls().stream().filter(poll -> poll.device().name().equals(device.name())).count();
  }

  private void split() {
    Map<String, Double> shares = new HashMap<>();
    for (PollBundle bundle : load.bundles()) {
      shares.merge(bundle.device(), bundle.utilisation(), Double::sum);
    }
    for (int lines = 2; lines <= Math.min(MOST_LINES, shares.size()); lines++) {
      List<Set<String>> parts = Partition.of(shares, lines);
      if (parts.stream().allMatch(part -> works(load.only(part::contains)))) {
        StringBuilder words = new StringBuilder("split the line into " + lines);
        for (int i = 1; i < lines; i++) {
          words
              .append(i == 1 ? ": move " : ", and to another one ")
              .append(Words.names(inOrder(parts.get(i))));
        }
        add(Remedy.Kind.SPLIT, words.toString());
        return;
      }
    }
  }

  private List<String> inOrder(Set<String> devices) {
    return load.devices().stream().map(DeviceSpec::name).filter(devices::contains).toList();
  }

  /// The longest time-out with which silent devices make nobody late.
  private void shorterTimeout() {
    long now = load.line().responseTimeoutNanos() / MILLI;
    long slowest = LEAST_TIMEOUT_NANOS;
    for (PollBundle bundle : load.bundles()) {
      slowest = Math.max(slowest, 2 * bundle.answeredNanos());
    }
    long shortest = Math.ceilDiv(slowest, MILLI);
    LongPredicate holds =
        cut -> {
          LineLoad changed = load.on(with(load.line().transport(), (now - cut) * MILLI));
          return Schedule.of(changed, Suspects.known(changed.line(), changed.timedOutNanos()))
              .holds();
        };
    if (shortest < now && holds.test(now - shortest)) {
      long cut = least(1, now - shortest, holds);
      add(
          Remedy.Kind.TIMEOUT,
          "write timeout: %dms or less instead of %s, so that a silent device makes nobody miss a"
                  .formatted(now - cut, Words.span(load.line().responseTimeoutNanos()))
              + " turn");
    }
  }
}
