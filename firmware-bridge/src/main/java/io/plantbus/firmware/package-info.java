/// Between device profiles and firmware: what a microcontroller has to know of a profile, as C.
@NullMarked
package io.plantbus.firmware;

import org.jspecify.annotations.NullMarked;
