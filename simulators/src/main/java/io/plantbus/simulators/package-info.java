/// A plant without hardware: virtual time, simulated lines and buses behind the ports, slaves that
/// misbehave by seed.
@NullMarked
package io.plantbus.simulators;

import org.jspecify.annotations.NullMarked;
