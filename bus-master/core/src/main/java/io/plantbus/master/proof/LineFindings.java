package io.plantbus.master.proof;

import io.plantbus.master.observe.DeviceObservations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.master.proof.Finding.Kind;
import io.plantbus.master.proof.SilentCost.Others;
import io.plantbus.master.proof.bound.Nanos;
import io.plantbus.master.proof.load.LineLoad;
import io.plantbus.master.proof.load.LoadedPoll;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What is to be told of one line.
final class LineFindings {
  private static final int NAMED_TAGS = 20;

  /// As full as a line may be counted on.
  private static final double FULL = 0.9999;

  private final LineLoad load;
  private final Utilisation utilisation;
  private final List<PollBound> polls;
  private final List<SilentCost> silent;
  private final List<Finding> found = new ArrayList<>();

  LineFindings(
      LineLoad load, Utilisation utilisation, List<PollBound> polls, List<SilentCost> silent) {
    this.load = load;
    this.utilisation = utilisation;
    this.polls = polls;
    this.silent = silent;
  }

  List<Finding> all() {
    overloaded();
    tooShort();
    late();
    starving();
    stale();
    besideSilent();
    Map<String, List<PollBound>> byDevice =
        polls.stream().collect(Collectors.groupingBy(PollBound::device));
    for (DeviceSpec device : load.devices()) {
      device(device, byDevice.getOrDefault(device.name(), List.of()));
      Overlaps.addTo(found, device);
    }
    found.sort(Comparator.comparing(Finding::kind));
    return List.copyOf(found);
  }

  private void line(Kind kind, List<String> tags, String message) {
    add(kind, "", tags, message);
  }

  private void add(Kind kind, String device, List<String> tags, String message) {
    found.add(
        new Finding(kind, device, tags.subList(0, Math.min(NAMED_TAGS, tags.size())), message));
  }

  private void overloaded() {
    if (utilisation.inTime() >= FULL) {
      line(
          Kind.OVERLOADED,
          List.of(),
          "%s asks for %s of the line's time: %s, each of up to %s"
              .formatted(
                  load.line().name(),
                  Words.percent(utilisation.inTime()),
                  perSecond(),
                  Words.span(load.longestPollNanos())));
    }
  }

  private String perSecond() {
    double sum = 0;
    for (LoadedPoll poll : load.polls()) {
      sum += 1e9 / poll.periodNanos();
    }
    return String.format(
        Locale.ROOT, "%s, %.1f times per second", Words.count(polls.size(), "request"), sum);
  }

  private List<PollBound> polls(Predicate<PollBound> chosen) {
    return polls.stream().filter(chosen).toList();
  }

  private static List<String> tags(List<PollBound> chosen) {
    return chosen.stream().flatMap(poll -> poll.tags().stream()).map(TagSpec::name).toList();
  }

  private void tooShort() {
    List<PollBound> shorter =
        polls(
            poll ->
                poll.priority() != Priority.BACKGROUND
                    && poll.periodNanos() <= poll.answeredNanos());
    if (!shorter.isEmpty()) {
      PollBound first = shorter.getFirst();
      line(
          Kind.PERIOD_TOO_SHORT,
          tags(shorter),
          "one request alone takes up to %s, and %s is asked for every %s"
              .formatted(
                  Words.span(first.answeredNanos()),
                  Words.names(tags(shorter)),
                  Words.span(first.periodNanos())));
    }
  }

  private void late() {
    List<PollBound> late =
        polls(
            poll ->
                poll.priority() != Priority.BACKGROUND
                    && poll.isLate()
                    && poll.responseNanos() < Nanos.UNBOUNDED);
    if (!late.isEmpty()) {
      PollBound worst =
          late.stream()
              .max(Comparator.comparingDouble(p -> (double) p.responseNanos() / p.periodNanos()))
              .orElseThrow();
      line(
          Kind.LATE,
          tags(late),
          "%s of %s may miss a turn, %s first: it is asked for every %s, and its answer may take %s"
              .formatted(
                  tags(late).size(),
                  Words.count(tags(polls).size(), "tag"),
                  worst.tags().getFirst().name(),
                  Words.span(worst.periodNanos()),
                  Words.span(worst.responseNanos())));
    }
  }

  private void starving() {
    List<PollBound> late = polls(poll -> poll.priority() == Priority.BACKGROUND && poll.isLate());
    if (!late.isEmpty() && utilisation.inTime() < FULL) {
      line(
          Kind.BACKGROUND_STARVES,
          tags(late),
          "%s of the background may come less often than asked for: %s"
              .formatted(Words.count(tags(late).size(), "tag"), Words.names(tags(late))));
    }
  }

  private void stale() {
    List<String> stale = new ArrayList<>();
    long age = 0;
    for (PollBound poll : polls) {
      for (TagSpec tag : poll.tags()) {
        if (poll.ageNanos() < Nanos.UNBOUNDED && new TagBound(tag, poll).isStaleAtTimes()) {
          stale.add(tag.name());
          age = Math.max(age, poll.ageNanos());
        }
      }
    }
    if (!stale.isEmpty()) {
      line(
          Kind.STALE_TOO_SOON,
          stale,
          "%s may count as old although everything works: write stale: %s or more for %s"
              .formatted(Words.count(stale.size(), "tag"), Words.span(age), Words.names(stale)));
    }
  }

  private void besideSilent() {
    double share = load.line().isolation().suspectShare() / load.window();
    if (utilisation.inTime() < FULL && utilisation.inTime() + share >= FULL) {
      line(
          Kind.NO_ROOM_FOR_SILENT,
          List.of(),
          "silent devices may take %s of a line that is taken to %s already"
              .formatted(Words.percent(share), Words.percent(utilisation.inTime())));
      return;
    }
    if (silent.isEmpty() || found.stream().anyMatch(Finding::isRejection)) {
      return;
    }
    Others others = silent.getFirst().later();
    if (others.lateTags() > 0) {
      line(
          Kind.LATE_BESIDE_SILENT,
          List.of(),
          "while a device is silent %s may miss turns: two time-outs in a row take %s"
              .formatted(
                  Words.count(others.lateTags(), "tag"),
                  Words.span(silent.getFirst().pauseNanos())));
    }
  }

  private void device(DeviceSpec device, List<PollBound> its) {
    String name = device.name();
    DeviceObservations seen = load.context().seen().of(name);
    long turnaround = load.times().turnaround(device, seen).nanos();
    timeout(name, turnaround, its);
    if (device.turnaroundNanos() > 0 && seen.longestTurnaroundNanos() > device.turnaroundNanos()) {
      add(
          Kind.SLOWER_THAN_STATED,
          name,
          List.of(),
          "%s took %s to answer; %s is stated, and %s is counted on"
              .formatted(
                  name,
                  Words.span(seen.longestTurnaroundNanos()),
                  Words.span(device.turnaroundNanos()),
                  Words.span(seen.longestTurnaroundNanos())));
    }
    unreadable(device, its);
  }

  /// The time-out lies between the end of a request and the end of its answer.
  private void timeout(String device, long turnaround, List<PollBound> its) {
    long request = load.times().requestNanos(LoadedPoll.REQUEST_BYTES);
    long longest = turnaround;
    for (PollBound poll : its) {
      longest = Math.max(longest, poll.answeredNanos() - request);
    }
    long timeout = load.line().responseTimeoutNanos();
    if (longest >= timeout) {
      boolean never = longest - turnaround >= timeout;
      add(
          never ? Kind.ANSWER_BEYOND_TIMEOUT : Kind.SLOWER_THAN_TIMEOUT,
          device,
          List.of(),
          "an answer of %s %s %s to its end, and is given up after %s"
              .formatted(
                  device, never ? "takes" : "may take", Words.span(longest), Words.span(timeout)));
    }
  }

  private void unreadable(DeviceSpec device, List<PollBound> its) {
    if (!device.inService()) {
      return;
    }
    Set<String> read = new HashSet<>();
    for (PollBound poll : its) {
      poll.tags().forEach(tag -> read.add(tag.name()));
    }
    List<String> missing =
        device.tags().stream()
            .filter(tag -> tag.periodNanos() > 0 && tag.resource().access().canRead())
            .map(TagSpec::name)
            .filter(tag -> !read.contains(tag))
            .toList();
    if (!missing.isEmpty()) {
      add(
          Kind.UNREADABLE,
          device.name(),
          missing,
          "no request to %s can bring %s".formatted(device.name(), Words.names(missing)));
    }
    int registers = device.profile().limits().maxReadRegisters();
    if (registers <= 8 && its.size() >= 8) {
      add(
          Kind.NARROW_DEVICE,
          device.name(),
          List.of(),
          "%s gives %s at once, so that its %s take %s"
              .formatted(
                  device.name(),
                  Words.count(registers, "register"),
                  Words.count(read.size(), "tag"),
                  Words.count(its.size(), "request")));
    }
  }
}
