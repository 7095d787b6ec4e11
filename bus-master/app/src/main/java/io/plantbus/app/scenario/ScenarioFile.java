package io.plantbus.app.scenario;

import io.plantbus.app.config.BenchFile;
import io.plantbus.app.config.PlantFile;
import io.plantbus.app.wiring.BenchMatch;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problem;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.JsonSchema;
import io.plantbus.devices.document.type.MarkdownReference;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.PortException;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.Transcript;
import io.plantbus.simulators.bench.Bench;
import io.plantbus.simulators.bench.RunningBench;
import io.plantbus.simulators.bench.VirtualPorts;
import io.plantbus.simulators.scenario.Scenario;
import io.plantbus.simulators.scenario.document.PlantNames;
import io.plantbus.simulators.scenario.document.ScenarioDocument;
import io.plantbus.simulators.scenario.document.ScenarioNames;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A scenario file that is right, with the bench and the plant that it names.
///
/// @param plant null without a master
/// @param seed the scenario's, or the bench's
/// @param benchName the bench file as written
/// @param plantName the plant file as written; empty without one
public record ScenarioFile(
    Scenario scenario,
    Bench bench,
    @Nullable Plant plant,
    long seed,
    String benchName,
    String plantName) {
  /// Where the schema is published.
  public static final String SCHEMA_ID = "urn:plantbus:schema:scenario";

  private static final String NAME_A_PLANT = "name its plant file: 'plant: plant.yaml'";
  private static final String NOT_IN_REAL_TIME =
      "in real time the master is somebody else's: expect it of a slave or of the process";

  /// Whether a file describes a scenario rather than a bench; one that cannot be read does not.
  public static boolean isScenario(Path file) {
    Boolean found =
        new DocumentReader(_ -> "")
            .<Boolean>read(
                file,
                (node, _) ->
                    node instanceof Node.Mapping mapping
                        && (mapping.get("steps") != null || mapping.get("bench") != null)
                        && mapping.get("lines") == null)
            .value();
    return found != null && found;
  }

  /// Reads a scenario file, its bench and its plant.
  ///
  /// @param profiles folder with profiles for the bench; null for the one that the file names
  /// @param isRealTime whether somebody else's master is to be used
  /// @param environment gives the value of a variable, or null if it is not set
  public static Reading<ScenarioFile> read(
      Path file,
      @Nullable Path profiles,
      boolean isRealTime,
      Function<String, @Nullable String> environment) {
    return new DocumentReader(environment)
        .read(
            file,
            (node, problems) ->
                new Builder(file, profiles, isRealTime, environment, problems).build(node));
  }

  /// The JSON Schema of scenario files (draft 2020-12).
  public static String schema() {
    return JsonSchema.of(SCHEMA_ID, anyScenario());
  }

  /// The reference of all keys, Markdown.
  ///
  /// @param heading marks before the headings of types, such as `###`
  public static String reference(String heading) {
    return MarkdownReference.of(anyScenario(), heading);
  }

  private static ObjectType<Scenario> anyScenario() {
    Bench bench = Bench.of("none", 1, List.of());
    return ScenarioDocument.type(
        new ScenarioNames(bench, tried(bench), null, NAME_A_PLANT, new Problems()));
  }

  /// The bench in a simulation of its own, to be asked what it has.
  private static RunningBench tried(Bench bench) {
    BusSimulation simulation = new BusSimulation(bench.seed(), Transcript.silent());
    try {
      return RunningBench.start(bench, simulation, new VirtualPorts(simulation));
    } catch (PortException impossible) {
      throw new IllegalStateException("simulated media are free", impossible);
    }
  }

  /// Reads the parts one after the other.
  private record Builder(
      Path file,
      @Nullable Path profiles,
      boolean isRealTime,
      Function<String, @Nullable String> environment,
      Problems problems) {

    @Nullable ScenarioFile build(Node node) {
      if (!(node instanceof Node.Mapping mapping)) {
        problems.error(node, "expected a scenario, found " + node.found(), "write 'bench:' first");
        return null;
      }
      String benchName = text(mapping, "bench");
      String plantName = text(mapping, "plant");
      if (benchName == null) {
        problems.error(mapping, "required key 'bench' is missing", "name a bench file");
        return null;
      }
      Bench bench = bench(mapping, benchName);
      Plant plant = plantName == null ? null : plant(plantName);
      if (bench == null || problems.hasErrors()) {
        return null;
      }
      if (plant != null && !isRealTime) {
        requireLines(mapping, plant, bench);
      }
      PlantNames names = plant == null || isRealTime ? null : PlantFacts.of(plant);
      Scenario scenario =
          ScenarioDocument.type(
                  new ScenarioNames(
                      bench,
                      tried(bench),
                      names,
                      isRealTime ? NOT_IN_REAL_TIME : NAME_A_PLANT,
                      problems))
              .read(mapping, problems);
      return scenario == null
          ? null
          : new ScenarioFile(
              scenario,
              bench,
              isRealTime ? null : plant,
              seed(mapping, bench),
              benchName,
              plantName == null ? "" : plantName);
    }

    private static @Nullable String text(Node.Mapping mapping, String key) {
      return mapping.get(key) instanceof Node.Scalar scalar && !scalar.isEmpty()
          ? scalar.text()
          : null;
    }

    private static long seed(Node.Mapping mapping, Bench bench) {
      Node written = mapping.get("seed");
      Long seed =
          written == null
              ? null
              : Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE).read(written, new Problems());
      return seed == null ? bench.seed() : seed;
    }

    private @Nullable Bench bench(Node.Mapping mapping, String name) {
      String own = text(mapping, "profiles");
      Path folder = profiles == null && own != null ? beside(own) : profiles;
      Reading<Bench> reading = BenchFile.read(beside(name), folder, environment);
      reading.problems().forEach(this::add);
      return reading.value();
    }

    private @Nullable Plant plant(String name) {
      Reading<PlantFile> reading = PlantFile.read(beside(name), environment);
      reading.problems().forEach(this::add);
      PlantFile value = reading.value();
      return value == null ? null : value.plant();
    }

    private Path beside(String name) {
      Path folder = file.getParent();
      return folder == null ? Path.of(name) : folder.resolve(name).normalize();
    }

    private void add(Problem problem) {
      if (problem.isError()) {
        problems.error(problem.position(), problem.path(), problem.message(), problem.remedy());
      }
    }

    private void requireLines(Node.Mapping mapping, Plant plant, Bench bench) {
      Node where = mapping.get("plant");
      for (LineSpec line : plant.lines()) {
        if (where != null && BenchMatch.of(bench, line) == null) {
          problems.error(
              where,
              "the bench has no line for line '" + line.name() + "' of the plant",
              "add one of that name and kind to the bench file");
        }
      }
    }
  }
}
