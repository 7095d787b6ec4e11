/// Faults by plan and by seed, applied on the way between slaves and their line: the slaves stay
/// honest.
@NullMarked
package io.plantbus.simulators.fault;

import org.jspecify.annotations.NullMarked;
