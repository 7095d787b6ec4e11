/// Solvers for what a process part cannot calculate in closed form.
@NullMarked
package io.plantbus.simulators.process.solve;

import org.jspecify.annotations.NullMarked;
