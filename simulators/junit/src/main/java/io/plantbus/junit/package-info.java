/// Simulated slaves for tests of anybody's own code, whatever library it reaches them with:
/// `@SimulatedPlant` starts a bench on real endpoints, hands it to the test and ends it.
@NullMarked
package io.plantbus.junit;

import org.jspecify.annotations.NullMarked;
