/// Simulated networks for datagrams, in virtual time.
@NullMarked
package io.plantbus.simulators.datagram;

import org.jspecify.annotations.NullMarked;
