/// Benches on real endpoints: which line is served where, over adapters that somebody else chose.
@NullMarked
package io.plantbus.simulators.endpoint;

import org.jspecify.annotations.NullMarked;
