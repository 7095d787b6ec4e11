package io.plantbus.junit;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// Keeps tests that are there to fail from running by themselves.
final class OnlyInside implements ExecutionCondition {
  /// Set by [TestRun].
  static final String PARAMETER = "plantbus.inside";

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return context.getConfigurationParameter(PARAMETER).isPresent()
        ? ConditionEvaluationResult.enabled("run by a test")
        : ConditionEvaluationResult.disabled("run by another test");
  }
}
