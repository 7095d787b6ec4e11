/// Where adapters are chosen: the hardware, or simulators behind the same ports.
@NullMarked
package io.plantbus.app.wiring;

import org.jspecify.annotations.NullMarked;
