/// A simulated RS-485 pair: byte times, half duplex, collisions, wrong settings, pulled plugs.
@NullMarked
package io.plantbus.simulators.serial;

import org.jspecify.annotations.NullMarked;
