/// Benches: simulated slaves on lines with physics behind them and faults by plan, from a file or
/// from code, served in virtual or in real time.
@NullMarked
package io.plantbus.simulators.bench;

import org.jspecify.annotations.NullMarked;
