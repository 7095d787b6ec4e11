package io.plantbus.devices.document.type;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// The named schemas of one JSON Schema, its `$defs`.
public final class Definitions {
  private static final Map<String, Object> VARIABLE =
      JsonText.object(
          "description",
          "Text with environment variables: ${NAME} or ${NAME:-default}.",
          "type",
          "string",
          "pattern",
          "\\$\\{[A-Za-z_]");

  private final Map<String, Object> schemas = new TreeMap<>();
  private final Map<String, Object> owners = new HashMap<>();

  /// A reference to a named schema, which is made at its first use.
  ///
  /// @param owner what the name stands for
  /// @throws IllegalStateException if the name already stands for something else
  public Map<String, Object> reference(
      String name, Object owner, Supplier<Map<String, Object>> schema) {
    String slug = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    Object former = owners.putIfAbsent(slug, owner);
    if (former == null) {
      schemas.put(slug, schema.get());
    } else if (!former.equals(owner)) {
      throw new IllegalStateException("two types of one document are named '" + name + "'");
    }
    return Map.of("$ref", "#/$defs/" + slug);
  }

  /// What fits a schema, or text with environment variables in its place.
  public Map<String, Object> orVariable(Map<String, Object> literal) {
    return JsonText.object(
        "anyOf", List.of(literal, reference("variable", VARIABLE, () -> VARIABLE)));
  }

  /// All named schemas.
  Map<String, Object> all() {
    return schemas;
  }
}
