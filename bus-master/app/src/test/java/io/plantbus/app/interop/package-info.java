/// Other people's Modbus programs and libraries against ours, in both directions: every [Peer] as
/// client and as server, over every [Transport], through one [Script]. A peer that is not installed
/// is skipped with the reason.
@NullMarked
package io.plantbus.app.interop;

import org.jspecify.annotations.NullMarked;
