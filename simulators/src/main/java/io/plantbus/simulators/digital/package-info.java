/// Simulated digital lines.
@NullMarked
package io.plantbus.simulators.digital;

import org.jspecify.annotations.NullMarked;
