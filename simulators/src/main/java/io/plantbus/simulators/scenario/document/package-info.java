/// The scenario file: its keys, and everything that can be told of it before it runs.
@NullMarked
package io.plantbus.simulators.scenario.document;

import org.jspecify.annotations.NullMarked;
