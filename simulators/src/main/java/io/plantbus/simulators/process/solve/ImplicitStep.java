package io.plantbus.simulators.process.solve;

import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/// One step of the linearly implicit Euler method: (I - h·J)·Δ = h·f, with the Jacobian J by
/// differences.
final class ImplicitStep {
  private ImplicitStep() {}

  static void advance(Equations equations, double[] scales, double[] state, double seconds) {
    int size = state.length;
    double[] rates = new double[size];
    double[] moved = new double[size];
    equations.derive(state, rates);
    RealMatrix matrix = new Array2DRowRealMatrix(size, size);
    for (int column = 0; column < size; column++) {
      double[] aside = state.clone();
      aside[column] += scales[column];
      double difference = aside[column] - state[column];
      equations.derive(aside, moved);
      for (int row = 0; row < size; row++) {
        double slope = difference == 0 ? 0 : (moved[row] - rates[row]) / difference;
        matrix.setEntry(row, column, (row == column ? 1 : 0) - seconds * slope);
      }
    }
    var solver = new LUDecomposition(matrix).getSolver();
    if (solver.isNonSingular()) {
      RealVector change = solver.solve(new ArrayRealVector(rates).mapMultiply(seconds));
      for (int i = 0; i < size; i++) {
        state[i] += change.getEntry(i);
      }
    }
  }
}
