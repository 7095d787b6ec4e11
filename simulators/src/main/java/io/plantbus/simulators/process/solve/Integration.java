package io.plantbus.simulators.process.solve;

import org.hipparchus.exception.MathRuntimeException;
import org.hipparchus.ode.ODEState;
import org.hipparchus.ode.OrdinaryDifferentialEquation;
import org.hipparchus.ode.nonstiff.DormandPrince853Integrator;

/// Carries a state over one step after the other, each within a tolerance. Most steps are smooth,
/// and one step of Bogacki and Shampine's pair 3(2) proves by its own estimate that it was good
/// enough. Only a step that fails is done again by the adaptive Dormand-Prince 8(5,3) of
/// Hipparchus. What is too stiff for that within [#MOST_EVALUATIONS] is done by one linearly
/// implicit Euler step, which is stable whatever the step, and rough. Not safe for use by several
/// threads; the same calls give the same bits.
public final class Integration {
  /// How often the equations are asked in one step before they count as stiff.
  public static final int MOST_EVALUATIONS = 4_000;

  private static final double LEAST_SHARE_OF_STEP = 1e-10;

  private final Equations equations;
  private final double[] tolerances;
  private final double[] none;
  private final double[] tried;
  private final double[] k1;
  private final double[] k2;
  private final double[] k3;
  private final double[] k4;
  private final OrdinaryDifferentialEquation adaptor;
  private long adaptiveSteps;
  private long implicitSteps;

  /// @param tolerances the error that one step may make in each element of the state, above 0
  public Integration(Equations equations, double[] tolerances) {
    this.equations = equations;
    this.tolerances = tolerances.clone();
    int size = tolerances.length;
    this.none = new double[size];
    this.tried = new double[size];
    this.k1 = new double[size];
    this.k2 = new double[size];
    this.k3 = new double[size];
    this.k4 = new double[size];
    this.adaptor =
        new OrdinaryDifferentialEquation() {
          @Override
          public int getDimension() {
            return size;
          }

          @Override
          public double[] computeDerivatives(double time, double[] state) {
            double[] rates = new double[size];
            equations.derive(state, rates);
            return rates;
          }
        };
  }

  /// Carries the state over a step.
  ///
  /// @param state replaced by that at the end
  /// @param seconds above 0
  public void advance(double[] state, double seconds) {
    if (!pairFits(state, seconds)) {
      adaptiveSteps++;
      adapt(state, seconds);
    }
  }

  /// How many steps needed the adaptive solver.
  public long adaptiveSteps() {
    return adaptiveSteps;
  }

  /// How many steps were too stiff for the adaptive solver.
  public long implicitSteps() {
    return implicitSteps;
  }

  private boolean pairFits(double[] state, double seconds) {
    int size = state.length;
    equations.derive(state, k1);
    for (int i = 0; i < size; i++) {
      tried[i] = state[i] + seconds * 0.5 * k1[i];
    }
    equations.derive(tried, k2);
    for (int i = 0; i < size; i++) {
      tried[i] = state[i] + seconds * 0.75 * k2[i];
    }
    equations.derive(tried, k3);
    for (int i = 0; i < size; i++) {
      tried[i] = state[i] + seconds / 9 * (2 * k1[i] + 3 * k2[i] + 4 * k3[i]);
    }
    equations.derive(tried, k4);
    for (int i = 0; i < size; i++) {
      double error = seconds / 72 * (-5 * k1[i] + 6 * k2[i] + 8 * k3[i] - 9 * k4[i]);
      if (!(Math.abs(error) <= tolerances[i])) {
        return false;
      }
    }
    System.arraycopy(tried, 0, state, 0, size);
    return true;
  }

  private void adapt(double[] state, double seconds) {
    var solver =
        new DormandPrince853Integrator(seconds * LEAST_SHARE_OF_STEP, seconds, tolerances, none);
    solver.setMaxEvaluations(MOST_EVALUATIONS);
    try {
      double[] end = solver.integrate(adaptor, new ODEState(0, state), seconds).getPrimaryState();
      System.arraycopy(end, 0, state, 0, state.length);
    } catch (MathRuntimeException _) {
      implicitSteps++;
      ImplicitStep.advance(equations, tolerances, state, seconds);
    }
  }
}
