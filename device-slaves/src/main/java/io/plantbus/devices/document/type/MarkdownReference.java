package io.plantbus.devices.document.type;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/// The reference of a description: one table of keys for every type of mapping in it.
public final class MarkdownReference {
  private MarkdownReference() {}

  /// The reference of a document: its own keys first, then each type in the order of its first use.
  ///
  /// @param heading marks before the headings of types, such as `###`
  public static String of(ObjectType<?> document, String heading) {
    Set<Type<?>> types = new LinkedHashSet<>();
    collect(document, types);
    StringBuilder text = new StringBuilder();
    for (Type<?> type : types) {
      if (type instanceof ObjectType<?> object) {
        table(object, heading, text);
      } else if (type instanceof VariantType<?> variants) {
        text.append(heading).append(' ').append(variants.noun());
        text.append("\n\nThe key `").append(variants.tag()).append("` tells the kind:\n\n");
        for (Map.Entry<String, ? extends ObjectType<?>> entry : variants.variants().entrySet()) {
          text.append("- `").append(entry.getKey()).append("`: ");
          text.append(entry.getValue().name()).append('\n');
        }
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void collect(Type<?> type, Set<Type<?>> types) {
    if (types.add(type)) {
      type.parts().forEach(part -> collect(part, types));
    }
  }

  private static void table(ObjectType<?> type, String heading, StringBuilder text) {
    text.append(heading).append(' ').append(type.name()).append("\n\n");
    text.append(type.description()).append("\n\n");
    text.append("| Key | Type | Default | Description |\n|---|---|---|---|\n");
    for (Keys.Entry entry : type.entries()) {
      String fallback = entry.defaultText();
      text.append("| `").append(entry.name()).append("` | ");
      text.append(cell(entry.type().noun())).append(" | ");
      text.append(entry.required() ? "required" : fallback == null ? "" : "`" + fallback + "`");
      text.append(" | ").append(cell(entry.description())).append(" |\n");
    }
    text.append('\n');
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replaceAll("\\s*\n\\s*", " ");
  }
}
