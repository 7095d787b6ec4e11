/// One device on one endpoint, asked from outside any plant: what `read`, `write` and `poll` stand
/// on.
@NullMarked
package io.plantbus.app.device;

import org.jspecify.annotations.NullMarked;
