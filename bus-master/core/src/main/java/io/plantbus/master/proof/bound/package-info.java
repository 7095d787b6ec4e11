/// Upper bounds on waiting for a server that does not interrupt what it began: plain arithmetic on
/// groups of recurring tasks, that knows nothing of buses. Where an exact bound would take too much
/// work a coarser one is given, never a lower one.
@NullMarked
package io.plantbus.master.proof.bound;

import org.jspecify.annotations.NullMarked;
