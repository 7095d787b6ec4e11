/// What a plant is made of, as the master runs it: lines, devices, tags, control loops. Validated,
/// immutable, without a file format.
@NullMarked
package io.plantbus.master.plant;

import org.jspecify.annotations.NullMarked;
