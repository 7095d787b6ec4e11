package io.plantbus.devices.document.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class PublishedFormsTest {
  @Test
  void theSchemaOfADescriptionIsThePublishedOne() throws IOException {
    assertEquals(
        golden("sample-plant.schema.json"),
        JsonSchema.of("urn:plantbus:sample", SamplePlant.PLANT));
  }

  @Test
  void theSchemaIsWellFormed() {
    // JSON is YAML: what our own reader takes without a problem has its brackets and quotes right.
    Node schema =
        new DocumentReader(_ -> null)
            .parse("schema", JsonSchema.of("x", SamplePlant.PLANT).replace("${", "$${"), this::same)
            .valueOrThrow();
    Node.Mapping definitions =
        (Node.Mapping) Objects.requireNonNull(((Node.Mapping) schema).get("$defs"));
    assertEquals("[device, line, variable]", definitions.keys().toString());
  }

  @Test
  void theReferenceListsEveryTypeOnce() throws IOException {
    assertEquals(golden("sample-plant.md"), MarkdownReference.of(SamplePlant.PLANT, "##"));
  }

  private Node same(Node node, Object problems) {
    return node;
  }

  private static String golden(String name) throws IOException {
    try (InputStream stream = PublishedFormsTest.class.getResourceAsStream(name)) {
      return new String(
          Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
