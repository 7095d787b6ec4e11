package io.plantbus.app.apply;

import io.plantbus.devices.TagValue;
import io.plantbus.master.change.Difference;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.TagSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is different about a device, in words.
final class DeviceWords {
  private DeviceWords() {}

  /// Such as `pump on rs485, unit 7, profile pump-drive, 12 tags`.
  static String whole(DeviceSpec device) {
    return "%s on %s, %s, profile %s, %s"
        .formatted(
            device.name(),
            device.line(),
            address(device),
            device.profile().name(),
            Phrases.count(device.tags().size(), "tag"));
  }

  private static String address(DeviceSpec device) {
    return switch (device.address()) {
      case DeviceSpec.Address.Modbus(var unit) -> "unit " + unit;
      case DeviceSpec.Address.I2c(var address) -> "address " + address;
    };
  }

  /// One phrase for each thing that changed.
  static List<String> changes(DeviceSpec before, DeviceSpec after) {
    List<String> words = new ArrayList<>();
    compare(words, "line", before.line(), after.line());
    compare(words, "at", address(before), address(after));
    if (!before.profile().equals(after.profile())) {
      boolean renamed = !before.profile().name().equals(after.profile().name());
      words.add(
          renamed
              ? Phrases.changed("profile", before.profile().name(), after.profile().name())
              : "profile " + after.profile().name() + " says something else");
    }
    if (!before.options().equals(after.options())) {
      words.add("options of its driver");
    }
    if (before.inService() != after.inService()) {
      words.add(after.inService() ? "back in service" : "out of service from now on");
    }
    compare(
        words,
        "turnaround",
        Phrases.span(before.turnaroundNanos()),
        Phrases.span(after.turnaroundNanos()));
    tags(words, before, after);
    return words;
  }

  private static void tags(List<String> words, DeviceSpec before, DeviceSpec after) {
    Difference tags = Difference.between(before.tags(), after.tags(), TagSpec::name);
    Map<String, List<String>> alike = new LinkedHashMap<>();
    for (String name : tags.changed()) {
      alike
          .computeIfAbsent(
              String.join(", ", changes(tag(before, name), tag(after, name))),
              _ -> new ArrayList<>())
          .add(name);
    }
    alike.forEach((what, names) -> words.add(Phrases.names(names) + ": " + what));
    if (!tags.added().isEmpty()) {
      words.add("new tags: " + Phrases.names(tags.added()));
    }
    if (!tags.removed().isEmpty()) {
      words.add("tags that leave: " + Phrases.names(tags.removed()));
    }
    if (words.isEmpty()) {
      words.add("the order of its tags");
    }
  }

  private static TagSpec tag(DeviceSpec device, String name) {
    return device.tags().stream()
        .filter(tag -> tag.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(name));
  }

  private static List<String> changes(TagSpec before, TagSpec after) {
    List<String> words = new ArrayList<>();
    compare(words, "period", period(before), period(after));
    compare(words, "class", priority(before), priority(after));
    compare(
        words,
        "stale after",
        Phrases.span(before.staleAfterNanos()),
        Phrases.span(after.staleAfterNanos()));
    compare(words, "safe state", value(before.safeState()), value(after.safeState()));
    if (before.latestWins() != after.latestWins()) {
      words.add(after.latestWins() ? "the latest write wins" : "every write is sent");
    }
    if (!before.resource().equals(after.resource())) {
      words.add(
          before.resource().point().equals(after.resource().point())
              ? "unit, limits or access"
              : "lies elsewhere or is read otherwise");
    }
    return words;
  }

  private static String period(TagSpec tag) {
    return tag.periodNanos() == 0 ? "never" : Phrases.span(tag.periodNanos());
  }

  private static String priority(TagSpec tag) {
    return tag.priority().name().toLowerCase(Locale.ROOT);
  }

  private static String value(@Nullable TagValue value) {
    return value == null ? "none" : value.toString();
  }

  private static void compare(List<String> words, String what, String before, String after) {
    if (!before.equals(after)) {
      words.add(Phrases.changed(what, before, after));
    }
  }
}
