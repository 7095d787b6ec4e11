package io.plantbus.devices.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentReaderTest {
  private final DocumentReader reader =
      new DocumentReader(Map.of("HOST", "plc-7.plant", "PASSWORD", "hunter2")::get);

  @Test
  void valuesKnowWhereTheyStand() {
    Node root = read("a:\n  b: [x, {c: y}]\n");

    Node.Scalar y = scalar(((Node.Sequence) at(at(root, "a"), "b")).items().get(1), "c");

    assertEquals("y", y.text());
    assertEquals("t.yaml:2:14", y.position().toString());
    assertEquals("a.b[1].c", y.path().toString());
  }

  @Test
  void aKeyWithADotIsQuotedInItsPath() {
    assertEquals("a.\"b.c\"", at(at(read("a: {b.c: 1}"), "a"), "b.c").path().toString());
  }

  @Test
  void variablesOfTheEnvironmentAndDefaultsArePutIn() {
    Node root = read("url: 'tcp://${HOST}:${PORT:-502}'\nliteral: $${HOST}\nempty: ${X:-}\n");

    assertEquals("tcp://plc-7.plant:502", scalar(root, "url").text());
    assertEquals("${HOST}", scalar(root, "literal").text());
    assertEquals("", scalar(root, "empty").text());
  }

  @Test
  void anUnsetVariableIsNamed() {
    assertProblems(
        "a: 1\nhost: ${PLC}\n",
        "t.yaml:2:7: host: the environment variable PLC is not set; set it, or write"
            + " ${PLC:-default}");
  }

  @Test
  void aDollarBraceWithoutVariableIsExplained() {
    assertProblems(
        "a: ${1}",
        "t.yaml:1:4: a: '${1}' holds '${' without a variable; write ${NAME} or ${NAME:-default},"
            + " or $${ for the two characters");
  }

  @Test
  void theSameMistakeAtTheSamePlaceIsToldOnce() {
    assertProblems(
        "a: ${1}${1}",
        "t.yaml:1:4: a: '${1}${1}' holds '${' without a variable; write ${NAME} or"
            + " ${NAME:-default}, or $${ for the two characters");
  }

  @Test
  void aSecretOfTheEnvironmentIsNeverShown() {
    Reading<Object> reading =
        reader.parse(
            "t.yaml",
            "key: ${PASSWORD}",
            (node, problems) -> {
              String text = scalar(node, "key").text();
              problems.error(node, "bad word " + text, "write other than " + text);
              return null;
            });

    assertEquals(
        "t.yaml:1:1: bad word ${PASSWORD}; write other than ${PASSWORD}", reading.report());
  }

  @Test
  void aKeyWrittenTwiceIsAnError() {
    assertProblems(
        "a: 1\nb: 2\na: 3\n",
        "t.yaml:3:1: a: key 'a' stands here twice, first in line 1; keep one of them");
  }

  @Test
  void anAliasIsReadUnderThePathOfItsUseWithThePositionOfItsText() {
    Node copy = at(at(read("base: &b {x: 1}\nuse: *b\n"), "use"), "x");

    assertEquals("use.x", copy.path().toString());
    assertEquals("t.yaml:1:14", copy.position().toString());
  }

  @Test
  void mergedKeysYieldToWrittenOnes() {
    Node use = at(read("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  x: 3\n"), "use");

    assertEquals("3", scalar(use, "x").text());
    assertEquals("2", scalar(use, "y").text());
    assertEquals("use.y", at(use, "y").path().toString());
  }

  @Test
  void onlyMappingsAreMerged() {
    assertProblems(
        "a: {<<: text}", "t.yaml:1:9: a.<<: only mappings can be merged; write <<: *name");
  }

  @Test
  void anUnknownAliasIsAnErrorWithASuggestion() {
    assertProblems(
        "a: &base 1\nb: *bsae\n",
        "t.yaml:2:4: b: there is no complete value with the anchor &bsae above this line; did you"
            + " mean 'base'?");
  }

  @Test
  void aValueThatHoldsItselfIsAnError() {
    assertProblems(
        "a: &a [*a]",
        "t.yaml:1:8: a[0]: there is no complete value with the anchor &a above this line; anchors"
            + " are: ");
  }

  @Test
  void aBillionLaughsEndWithAProblem() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      bomb.append("a%d: &a%d [".formatted(i, i));
      bomb.append("*a%d, ".formatted(i - 1).repeat(10)).append("]\n");
    }

    Reading<Node> reading = reader.parse("t.yaml", bomb.toString(), (node, _) -> node);

    assertNull(reading.value());
    assertTrue(
        reading.report().contains("the document has more than 50000 values, aliases expanded"),
        reading::report);
  }

  @Test
  void deepNestingEndsWithAProblem() {
    assertProblems(
        "[".repeat(5000) + "]".repeat(5000),
        "t.yaml:1:34: values nest more than 32 levels deep; write a flatter document");
  }

  @Test
  void yamlThatIsNoneIsToldWithItsLine() {
    assertProblems(
        "a: 1\nb: [1, 2\nc: 3\n",
        "t.yaml:3:2: this is not YAML: while parsing a flow sequence: expected ',' or ']', but got"
            + " :; check indentation, colons and quotes here and in the line above");
  }

  @Test
  void tagsAreRefused() {
    assertProblems(
        "a: !include x.yaml",
        "t.yaml:1:4: a: YAML tags (!...) have no meaning here; leave the tag away");
  }

  @Test
  void controlCharactersAreRefused() {
    assertProblems(
        "a: \u0001", "t.yaml: this is not YAML: character U+0001 may not stand in it; remove it");
  }

  @Test
  void aSecondDocumentIsAnError() {
    assertProblems(
        "a: 1\n---\nb: 2\n",
        "t.yaml:3:1: a second document begins here; keep one document in a file, without further"
            + " '---' lines");
  }

  @Test
  void anEmptyDocumentIsAnError() {
    assertProblems("# nothing\n", "t.yaml: the document is empty");
  }

  @Test
  void filesThatCannotBeReadAreTold(@TempDir Path folder) throws IOException {
    Path latin = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', ':', ' ', (byte) 0xE4});
    Path large =
        Files.write(folder.resolve("large.yaml"), new byte[DocumentReader.LARGEST_BYTES + 1]);
    Path missing = folder.resolve("missing.yaml");

    assertEquals(missing + ": there is no such file; check its name", report(missing));
    assertEquals(folder + ": this is a folder; name a file in it", report(folder));
    assertEquals(latin + ": the file is not UTF-8 text; save it as UTF-8", report(latin));
    assertEquals(large + ": the file is larger than 1 MiB; split it", report(large));
  }

  @Test
  void atMostTwoHundredProblemsAreKept() {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      many.append("- ${NOT_SET}\n");
    }

    assertEquals(200, reader.parse("t.yaml", many.toString(), (node, _) -> node).problems().size());
  }

  private String report(Path file) {
    return reader.read(file, (node, _) -> node).report();
  }

  private Node read(String text) {
    return reader.parse("t.yaml", text, (node, _) -> node).valueOrThrow();
  }

  private void assertProblems(String text, String... expected) {
    Reading<Node> reading = reader.parse("t.yaml", text, (node, _) -> node);
    assertEquals(String.join("\n", expected), reading.report());
    assertNull(reading.value());
  }

  private static Node at(Node node, String key) {
    @Nullable Node value = ((Node.Mapping) node).get(key);
    assertNotNull(value);
    return value;
  }

  private static Node.Scalar scalar(Node node, String key) {
    return (Node.Scalar) at(node, key);
  }
}
