/// Whether a plan keeps its deadlines, decided before it runs: how loaded each line is, how old
/// each value gets at worst, how long a write takes at worst, what silent devices cost, and what to
/// change where something does not work.
@NullMarked
package io.plantbus.master.proof;

import org.jspecify.annotations.NullMarked;
