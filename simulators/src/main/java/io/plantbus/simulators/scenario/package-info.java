/// Scenarios: what is done to a bench and to the master on it, and what is expected of them, by the
/// clock or on a condition. The engine knows the bench; the master stands behind [Subject].
@NullMarked
package io.plantbus.simulators.scenario;

import org.jspecify.annotations.NullMarked;
