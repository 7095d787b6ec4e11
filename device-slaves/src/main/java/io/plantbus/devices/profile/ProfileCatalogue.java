package io.plantbus.devices.profile;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.KeyPath;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Position;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The profiles that there are, by name: those built in, and those of the user, which take
/// precedence. Immutable; any thread may use it.
public final class ProfileCatalogue {
  private static final List<String> BUILT_IN =
      List.of(
          "cabinet-climate",
          "conveyor",
          "current-inputs",
          "energy-meter",
          "flow-meter",
          "heater-controller",
          "motor-drive",
          "operator-panel",
          "power-meter",
          "pressure-inputs",
          "pump-drive",
          "sunspec-battery",
          "sunspec-inverter",
          "tank-level-transmitter",
          "valve-actuator",
          "water-analyzer");

  private final SortedMap<String, DeviceProfile> profiles;

  private ProfileCatalogue(SortedMap<String, DeviceProfile> profiles) {
    this.profiles = Collections.unmodifiableSortedMap(profiles);
  }

  /// The profiles that are part of Plantbus.
  public static ProfileCatalogue builtIn() {
    ProfileReader reader = new ProfileReader(new DocumentReader(_ -> null));
    SortedMap<String, DeviceProfile> profiles = new TreeMap<>();
    for (String name : BUILT_IN) {
      profiles.put(name, reader.parse(name + ".yaml", resource(name)).valueOrThrow());
    }
    return new ProfileCatalogue(profiles);
  }

  /// This catalogue and every `.yaml` or `.yml` file of a folder; a profile there replaces a
  /// built-in one of its name. The problems of all files are told together.
  public Reading<ProfileCatalogue> with(Path folder, ProfileReader reader) {
    List<Problem> found = new ArrayList<>();
    Map<String, Path> origins = new LinkedHashMap<>();
    SortedMap<String, DeviceProfile> all = new TreeMap<>(profiles);
    boolean sound = true;
    for (Path file : files(folder)) {
      Reading<DeviceProfile> reading = reader.read(file);
      found.addAll(reading.problems());
      DeviceProfile profile = reading.value();
      if (profile == null) {
        sound = false;
        continue;
      }
      Path former = origins.putIfAbsent(profile.name(), file);
      if (former != null) {
        found.add(twice(profile, file, former));
        sound = false;
      }
      all.put(profile.name(), profile);
    }
    return new Reading<>(sound ? new ProfileCatalogue(all) : null, found);
  }

  /// The profile of that name, or null.
  public @Nullable DeviceProfile find(String name) {
    return profiles.get(name);
  }

  /// The profile of that name, or null after the problem that there is none, with a suggestion.
  ///
  /// @param where the node that names it
  public @Nullable DeviceProfile find(String name, Node where, Problems problems) {
    DeviceProfile profile = profiles.get(name);
    if (profile == null) {
      problems.unknownName(where, "profile", name, profiles.keySet());
    }
    return profile;
  }

  /// All names, sorted.
  public Collection<String> names() {
    return profiles.keySet();
  }

  /// All profiles, sorted by name.
  public Collection<DeviceProfile> profiles() {
    return profiles.values();
  }

  private static Problem twice(DeviceProfile profile, Path file, Path former) {
    Problems problems = new Problems();
    problems.error(
        Position.of(file.toString()),
        KeyPath.ROOT.child("name"),
        "the profile '" + profile.name() + "' is in " + former.getFileName() + " too",
        "give one of them another name");
    return problems.list().getFirst();
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(file -> file.getFileName().toString().matches(".*\\.ya?ml"))
          .sorted()
          .toList();
    } catch (IOException _) {
      // The reader says what is wrong with a folder that is none.
      return List.of(folder);
    }
  }

  private static String resource(String name) {
    try (InputStream stream =
        ProfileCatalogue.class.getResourceAsStream("catalogue/" + name + ".yaml")) {
      if (stream == null) {
        throw new IllegalStateException("the built-in profile " + name + " is missing");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
