/// Simulated machines that take, give, store or count electricity.
@NullMarked
package io.plantbus.simulators.process.electrical;

import org.jspecify.annotations.NullMarked;
