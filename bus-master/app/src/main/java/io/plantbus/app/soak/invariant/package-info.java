/// What must be true of a master at every step, whatever goes wrong around it.
@NullMarked
package io.plantbus.app.soak.invariant;

import org.jspecify.annotations.NullMarked;
