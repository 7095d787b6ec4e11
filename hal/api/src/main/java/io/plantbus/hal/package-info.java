/// The ports: what the rest of Plantbus may assume about hardware, and what every implementation
/// must keep.
@NullMarked
package io.plantbus.hal;

import org.jspecify.annotations.NullMarked;
