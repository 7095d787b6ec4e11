package io.plantbus.app.config;

import io.plantbus.app.audit.AuditSpec;
import io.plantbus.app.scada.ScadaSpec;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.JsonSchema;
import io.plantbus.devices.document.type.MarkdownReference;
import io.plantbus.devices.profile.ProfileCatalogue;
import io.plantbus.master.plant.Plant;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A plant file that is right: what the master runs and what is served of it.
///
/// @param plant what the master runs
/// @param scada null if nothing is served
/// @param audit where a record of writes is kept; null if there is none
/// @param secured its parts that name TLS files; those are not opened, see [TlsCheck]
public record PlantFile(
    Plant plant, @Nullable ScadaSpec scada, @Nullable AuditSpec audit, List<SecuredPart> secured) {
  public PlantFile {
    secured = List.copyOf(secured);
  }

  /// Where the schema is published.
  public static final String SCHEMA_ID = "urn:plantbus:schema:plant";

  /// Reads a plant file and the profiles that it names.
  ///
  /// @param environment gives the value of a variable, or null if it is not set
  public static Reading<PlantFile> read(Path file, Function<String, @Nullable String> environment) {
    return new DocumentReader(environment)
        .read(file, (node, problems) -> build(node, file, environment, problems));
  }

  /// Reads the text of a plant file.
  ///
  /// @param name the file's name in problems; paths in the text are relative to its folder
  public static Reading<PlantFile> parse(
      String name, String text, Function<String, @Nullable String> environment) {
    return new DocumentReader(environment)
        .parse(name, text, (node, problems) -> build(node, Path.of(name), environment, problems));
  }

  private static @Nullable PlantFile build(
      Node node, Path file, Function<String, @Nullable String> environment, Problems problems) {
    PlantDocument document = PlantDocument.TYPE.read(node, problems);
    if (document == null) {
      return null;
    }
    ProfileCatalogue profiles = Profiles.load(document.profiles(), file, environment, problems);
    return new PlantBuilder(document, file, profiles, problems).build();
  }

  /// The JSON Schema of plant files (draft 2020-12).
  public static String schema() {
    return JsonSchema.of(SCHEMA_ID, PlantDocument.TYPE);
  }

  /// The reference of all keys, Markdown.
  ///
  /// @param heading marks before the headings of types, such as `###`
  public static String reference(String heading) {
    return MarkdownReference.of(PlantDocument.TYPE, heading);
  }
}
