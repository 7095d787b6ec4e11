/// What a plan asks of a line: its transactions, what each takes of the wire at worst, who writes,
/// what silent devices may take, and how long everything then waits.
@NullMarked
package io.plantbus.master.proof.load;

import org.jspecify.annotations.NullMarked;
