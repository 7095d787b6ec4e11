/// What the tests found wrong with the peers, by peer.
@NullMarked
package io.plantbus.app.interop.faults;

import org.jspecify.annotations.NullMarked;
