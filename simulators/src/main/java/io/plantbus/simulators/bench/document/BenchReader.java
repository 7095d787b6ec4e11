package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.profile.ProfileReader;
import io.plantbus.simulators.bench.Bench;
import java.nio.file.Path;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads benches with the built-in profiles and those of a user's folder. Immutable; any thread may
/// use it.
///
/// @param profiles folder with profiles of the user's own; null for none
/// @param environment gives the value of a variable, or null if it is not set
public record BenchReader(@Nullable Path profiles, Function<String, @Nullable String> environment) {
  /// Reads a file.
  public Reading<Bench> read(Path file) {
    return withProfiles((reader, catalogue) -> reader.read(file, BenchDocument.type(catalogue)));
  }

  /// Reads a text.
  ///
  /// @param name of the text in problems, such as a file's name
  public Reading<Bench> parse(String name, String text) {
    return withProfiles(
        (reader, catalogue) -> reader.parse(name, text, BenchDocument.type(catalogue)));
  }

  private Reading<Bench> withProfiles(
      BiFunction<DocumentReader, ProfileCatalogue, Reading<Bench>> document) {
    DocumentReader reader = new DocumentReader(environment);
    ProfileCatalogue catalogue = ProfileCatalogue.builtIn();
    if (profiles != null) {
      Reading<ProfileCatalogue> more = catalogue.with(profiles, new ProfileReader(reader));
      if (more.value() == null) {
        return new Reading<>(null, more.problems());
      }
      catalogue = more.value();
    }
    return document.apply(reader, catalogue);
  }
}
