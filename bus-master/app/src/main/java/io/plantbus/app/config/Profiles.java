package io.plantbus.app.config;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.devices.profile.ProfileReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Finds the profiles that a file may name: those built in and those of the folders that it names.
public final class Profiles {
  private Profiles() {}

  /// The catalogue for a document.
  ///
  /// @param folders as written
  /// @param file the document's; folders are relative to its folder
  /// @param environment gives the value of a variable, or null if it is not set
  public static ProfileCatalogue load(
      List<Located<String>> folders,
      Path file,
      Function<String, @Nullable String> environment,
      Problems problems) {
    ProfileCatalogue catalogue = ProfileCatalogue.builtIn();
    ProfileReader reader = new ProfileReader(new DocumentReader(environment));
    for (Located<String> folder : folders) {
      Path path = file.toAbsolutePath().resolveSibling(folder.value()).normalize();
      if (!Files.isDirectory(path)) {
        problems.error(
            folder.where(), "there is no folder " + path, "name one that holds profiles");
        continue;
      }
      Reading<ProfileCatalogue> reading = catalogue.with(path, reader);
      reading.problems().forEach(problem -> add(problem, problems));
      ProfileCatalogue more = reading.value();
      catalogue = more == null ? catalogue : more;
    }
    return catalogue;
  }

  private static void add(Problem problem, Problems problems) {
    if (problem.isError()) {
      problems.error(problem.position(), problem.path(), problem.message(), problem.remedy());
    }
  }
}
