/// Slaves made of captures: what was heard of a device is learned, kept in a file, and played back
/// by a simulated slave that takes its place.
@NullMarked
package io.plantbus.simulators.twin;

import org.jspecify.annotations.NullMarked;
