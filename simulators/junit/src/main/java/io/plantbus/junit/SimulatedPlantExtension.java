package io.plantbus.junit;

import io.plantbus.hal.PortException;
import io.plantbus.hal.tcp.NettyStreamPort;
import io.plantbus.junit.serve.FreshEndpoints;
import io.plantbus.junit.serve.TestAdapters;
import io.plantbus.simulators.bench.Bench;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/// Starts and ends what [SimulatedPlant] asks for. Benches live in the store of the test or class
/// they belong to, which closes them whatever the test did; the threads of their sockets live as
/// long as the run of all tests.
public final class SimulatedPlantExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, ParameterResolver {
  /// The configuration parameter or system property whose seed goes before all others.
  public static final String SEED = "plantbus.seed";

  private static final Namespace NAMESPACE = Namespace.create(SimulatedPlantExtension.class);
  private static final String PI4J_CONTEXT = "com.pi4j.context.Context";
  private static final int MOST_DRAWN = 1_000_000_000;

  /// Called by JUnit.
  public SimulatedPlantExtension() {}

  /// What is asked for, and whose context keeps it.
  private record Wanted(SimulatedPlant plant, ExtensionContext owner) {}

  @Override
  public void beforeAll(ExtensionContext context) {
    Wanted wanted = wanted(context);
    if (wanted.plant.scope() == BenchScope.CLASS) {
      var _ = run(wanted);
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    var _ = run(wanted(context));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Throwable failure = context.getExecutionException().orElse(null);
    if (failure != null && !(failure instanceof TestAbortedException) && !isMistake(failure)) {
      BenchNote note = BenchNote.of(run(wanted(context)).handle(), nameOf(context));
      failure.addSuppressed(note);
      context.publishReportEntry(note.entries());
    }
  }

  /// Whether the bench itself was not to be had.
  private static boolean isMistake(Throwable failure) {
    return failure instanceof ConfigurationMistake
        || failure.getCause() instanceof ConfigurationMistake;
  }

  private static String nameOf(ExtensionContext context) {
    String type = context.getRequiredTestClass().getName();
    return type.substring(type.lastIndexOf('.') + 1)
        + "#"
        + context.getRequiredTestMethod().getName();
  }

  @Override
  public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
    return ExtensionContextScope.TEST_METHOD;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == SimulatedBench.class
        || type == BenchClock.class
        || type == BenchFaults.class
        || type.getName().equals(PI4J_CONTEXT);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Wanted wanted = wanted(context);
    if (wanted.plant.scope() == BenchScope.METHOD && context.getTestMethod().isEmpty()) {
      throw new ParameterResolutionException(
          "each test has a bench of its own, so there is none yet; write scope = BenchScope.CLASS"
              + " for one that all tests of the class share");
    }
    BenchRun run = run(wanted);
    Class<?> type = parameter.getParameter().getType();
    if (type == SimulatedBench.class) {
      return run.handle();
    }
    if (type == BenchClock.class) {
      return run.handle().clock();
    }
    return type == BenchFaults.class ? run.handle().faults() : pi4j(run, wanted.owner);
  }

  /// One context for each bench.
  private static Object pi4j(BenchRun run, ExtensionContext owner) {
    return owner
        .getStore(NAMESPACE)
        .computeIfAbsent("pi4j " + owner.getUniqueId(), _ -> Pi4jContexts.open(run));
  }

  /// The annotation that is nearest to a context: on its method, its class, or a class around it.
  private static Wanted wanted(ExtensionContext context) {
    for (ExtensionContext at = context; at != null; at = at.getParent().orElse(null)) {
      SimulatedPlant plant =
          at.getElement()
              .flatMap(element -> AnnotationSupport.findAnnotation(element, SimulatedPlant.class))
              .orElse(null);
      if (plant != null) {
        return new Wanted(plant, plant.scope() == BenchScope.CLASS ? at : context);
      }
    }
    throw new ConfigurationMistake(
        "write @SimulatedPlant(\"bench.yaml\") on the class or the test");
  }

  private static BenchRun run(Wanted wanted) {
    ExtensionContext owner = wanted.owner;
    return owner
        .getStore(NAMESPACE)
        .computeIfAbsent(owner.getUniqueId(), _ -> start(wanted.plant, owner), BenchRun.class);
  }

  private static BenchRun start(SimulatedPlant plant, ExtensionContext owner) {
    BenchSource source = new BenchSource(owner.getRequiredTestClass());
    Bench bench = source.read(plant.value(), plant.profiles());
    long seed = seed(plant, bench, owner);
    try {
      return new BenchRun(
          FreshEndpoints.seeded(bench, seed), plant.time(), plant.keepEndpoints(), sockets(owner));
    } catch (PortException | IllegalArgumentException failure) {
      throw new ConfigurationMistake(
          "bench %s was not started: %s".formatted(plant.value(), failure.getMessage()));
    }
  }

  private static long seed(SimulatedPlant plant, Bench bench, ExtensionContext owner) {
    String told = owner.getConfigurationParameter(SEED).orElse(null);
    if (told != null) {
      return number(told);
    }
    if (plant.seed() == SimulatedPlant.ANY) {
      return ThreadLocalRandom.current().nextLong(MOST_DRAWN);
    }
    return plant.seed() == SimulatedPlant.OF_FILE ? bench.seed() : plant.seed();
  }

  private static long number(String told) {
    try {
      return Long.parseLong(told.strip());
    } catch (NumberFormatException _) {
      throw new ConfigurationMistake(
          "%s is '%s'; write a whole number, such as -D%s=42".formatted(SEED, told, SEED));
    }
  }

  private static NettyStreamPort sockets(ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent("sockets", _ -> TestAdapters.sockets(), NettyStreamPort.class);
  }
}
