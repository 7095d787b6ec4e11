package io.plantbus.app.config;

import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.JsonSchema;
import io.plantbus.devices.document.type.MarkdownReference;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.document.BenchDocument;
import io.plantbus.simulators.bench.document.BenchReader;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads bench files.
public final class BenchFile {
  /// Where the schema is published.
  public static final String SCHEMA_ID = "urn:plantbus:schema:bench";

  private BenchFile() {}

  /// Reads a bench file.
  ///
  /// @param profiles folder with profiles of the user's own; null for none
  /// @param environment gives the value of a variable, or null if it is not set
  public static Reading<Bench> read(
      Path file, @Nullable Path profiles, Function<String, @Nullable String> environment) {
    return new BenchReader(profiles, environment).read(file);
  }

  /// The JSON Schema of bench files (draft 2020-12).
  public static String schema() {
    return JsonSchema.of(SCHEMA_ID, BenchDocument.type(ProfileCatalogue.builtIn()));
  }

  /// The reference of all keys, Markdown.
  ///
  /// @param heading marks before the headings of types, such as `###`
  public static String reference(String heading) {
    return MarkdownReference.of(BenchDocument.type(ProfileCatalogue.builtIn()), heading);
  }
}
