package io.plantbus.app.soak.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.plantbus.app.soak.SoakCase;
import io.plantbus.app.soak.invariant.Invariant;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

class MutantsTest {
  private static final List<String> FILES =
      List.of("serial.txt", "network.txt", "writes.txt", "polls.txt");

  /// What every build has time for.
  private static final Set<String> REPRESENTATIVE =
      Set.of(
          "the checksum of answers is not checked",
          "no silence after an answer",
          "a write is put into the queue twice",
          "the time of a value is that of its request");

  /// Tried one after another until one shows a mutant: short ones and long ones, in which nothing
  /// goes wrong, in which devices are silent, and rough ones, some of a network alone.
  private static final List<String> CASES =
      List.of(
          "1/300s",
          "3/300s",
          "21/400s",
          "4/300s",
          "5/300s",
          "6/300s",
          "4/14400s/devices=0..31",
          "10/14400s/devices=0..31",
          "8/3600s",
          "24/3600s",
          "52/3600s",
          "54/3600s",
          "58/3600s");

  private static final Logger log = (Logger) LoggerFactory.getLogger("io.plantbus");
  private static @Nullable Level levelBefore;

  private final MutantCompiler compiler = new MutantCompiler(MutantCompiler.root());

  static Stream<Mutant> all() throws IOException {
    List<Mutant> mutants = new ArrayList<>();
    for (String file : FILES) {
      try (InputStream text = MutantsTest.class.getResourceAsStream(file)) {
        if (text == null) {
          throw new IOException("there is no " + file);
        }
        mutants.addAll(MutantReader.read(new String(text.readAllBytes(), StandardCharsets.UTF_8)));
      }
    }
    return mutants.stream();
  }

  static Stream<Mutant> representative() throws IOException {
    return all().filter(mutant -> REPRESENTATIVE.contains(mutant.name()));
  }

  /// Devices come and go by the hundred in a soak.
  @BeforeAll
  static void beQuiet() {
    levelBefore = log.getLevel();
    log.setLevel(Level.OFF);
  }

  @AfterAll
  static void speakAgain() {
    log.setLevel(levelBefore);
  }

  @Test
  void everyMutantHasItsPlaceInTheSourcesAndANameOfItsOwn() throws IOException {
    List<Mutant> mutants = all().toList();
    for (Mutant mutant : mutants) {
      compiler.source(mutant);
    }

    assertEquals(mutants.size(), mutants.stream().map(Mutant::name).distinct().count());
    assertTrue(mutants.size() >= 25, "only " + mutants.size() + " mutants");
    assertEquals(REPRESENTATIVE.size(), representative().count());
  }

  @Test
  void aMutantThatNoLongerAppliesSaysWhich() {
    Mutant mutant =
        new Mutant(
            "two are one",
            Path.of("bus-master/core/src/main/java/io/plantbus/master/line/BackOff.java"),
            List.of(new Mutant.Hunk(List.of("return 2;"), List.of("return 1;"))),
            Set.of(Invariant.ONCE),
            null);

    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> compiler.compile(mutant));
    String told = String.valueOf(refused.getMessage());

    assertTrue(told.startsWith("mutant 'two are one' no longer applies"), told);
    assertTrue(told.contains("found 0 times"), told);
  }

  @Test
  void theSoundCodePassesThroughTheSameLoader() {
    UnaryOperator<String> trial = new MutantLoader(Map.of()).trial();

    assertEquals("", trial.apply(CASES.getFirst()));
  }

  @ParameterizedTest
  @MethodSource("representative")
  void isKilledInEveryBuild(Mutant mutant) {
    kill(mutant);
  }

  @Tag("mutants")
  @ParameterizedTest
  @MethodSource("all")
  void isKilled(Mutant mutant) {
    kill(mutant);
  }

  @Tag("mutants")
  @Test
  void theSoundCodePassesAllThatKillsMutants() throws IOException {
    UnaryOperator<String> trial = new MutantLoader(Map.of()).trial();
    Stream<String> first =
        all().map(Mutant::first).filter(each -> each != null).map(SoakCase::toString);
    for (String each : Stream.concat(first, CASES.stream()).distinct().toList()) {
      assertEquals("", trial.apply(each), each);
    }
  }

  private void kill(Mutant mutant) {
    UnaryOperator<String> trial = new MutantLoader(compiler.compile(mutant)).trial();
    long began = System.nanoTime();
    Set<String> cases = new LinkedHashSet<>();
    if (mutant.first() != null) {
      cases.add(mutant.first().toString());
    }
    cases.addAll(CASES);
    for (String each : cases) {
      String violation = trial.apply(each);
      if (!violation.isEmpty()) {
        String[] told = violation.split("\n", 3);
        Invariant invariant = Invariant.valueOf(told[1]);
        System.out.printf(
            Locale.ROOT,
            "%-75s %-15s at %8.3f s of %s, %d ms%n",
            mutant,
            invariant,
            Long.parseLong(told[0]) / 1e9,
            each,
            (System.nanoTime() - began) / 1_000_000);
        assertTrue(
            mutant.expected().contains(invariant),
            () ->
                "'%s' is to violate one of %s first: case %s, %s"
                    .formatted(mutant, mutant.expected(), each, told[2]));
        return;
      }
    }
    fail("'" + mutant + "' survived " + cases);
  }
}
