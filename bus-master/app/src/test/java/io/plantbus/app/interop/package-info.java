/// Other people's Modbus programs and libraries against ours, in both directions: every peer as
/// client and as server, over every transport, through one script. A peer that is not installed is
/// skipped with the reason; what a peer does wrong is told exactly in [KnownFaults].
@NullMarked
package io.plantbus.app.interop;

import org.jspecify.annotations.NullMarked;
