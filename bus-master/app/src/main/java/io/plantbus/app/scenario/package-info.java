/// Scenarios with a master: reading them with their bench and plant, running them in virtual time
/// or on real endpoints, and their reports.
@NullMarked
package io.plantbus.app.scenario;

import org.jspecify.annotations.NullMarked;
