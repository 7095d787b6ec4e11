package io.plantbus.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/// Runs a class of tests inside of a test, as a build would.
public final class TestRun implements TestExecutionListener {
  private final Map<String, TestExecutionResult> results = new LinkedHashMap<>();
  private final List<Map<String, String>> entries = new ArrayList<>();

  private TestRun() {}

  /// Runs its tests.
  ///
  /// @param parameters of the configuration
  public static TestRun of(Class<?> tests, Map<String, String> parameters) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(tests))
            .configurationParameters(parameters)
            .configurationParameter(OnlyInside.PARAMETER, "true")
            .build();
    LauncherConfig config =
        LauncherConfig.builder()
            .enableTestExecutionListenerAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .build();
    Launcher launcher = LauncherFactory.create(config);
    TestRun run = new TestRun();
    launcher.execute(request, run);
    return run;
  }

  /// Runs its tests with the configuration as it is.
  public static TestRun of(Class<?> tests) {
    return of(tests, Map.of());
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest() || result.getThrowable().isPresent()) {
      results.put(test.getDisplayName(), result);
    }
  }

  @Override
  public synchronized void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
    entries.add(entry.getKeyValuePairs());
  }

  /// How many tests, or containers that failed, there were.
  public int count() {
    return results.size();
  }

  /// Why tests failed, in their order.
  public List<Throwable> failures() {
    return results.values().stream().flatMap(result -> result.getThrowable().stream()).toList();
  }

  /// Why the only test failed.
  public Throwable failure() {
    List<Throwable> failures = failures();
    if (failures.size() != 1) {
      throw new AssertionError("not one failure but " + failures);
    }
    return failures.getFirst();
  }

  /// What tests have reported.
  public List<Map<String, String>> entries() {
    return entries;
  }
}
