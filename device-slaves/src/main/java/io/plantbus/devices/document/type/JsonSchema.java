package io.plantbus.devices.document.type;

import java.util.LinkedHashMap;
import java.util.Map;

/// The JSON Schema of a description, for editors and for checks without Plantbus.
public final class JsonSchema {
  private JsonSchema() {}

  /// The schema of a document (draft 2020-12). It takes what the reader takes, as far as that can
  /// be said without the rest of the document; the same description gives the same text.
  ///
  /// @param id the `$id`, a URI
  public static String of(String id, ObjectType<?> document) {
    Definitions definitions = new Definitions();
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", id);
    schema.putAll(document.inlineSchema(definitions, Map.of()));
    schema.put("$defs", definitions.all());
    return JsonText.of(schema);
  }
}
