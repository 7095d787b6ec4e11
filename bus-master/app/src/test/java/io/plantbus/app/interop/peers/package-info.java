/// Everybody who speaks Modbus in the interop tests: other people's programs and libraries, this
/// project, and how each of them is run as client and as server.
@NullMarked
package io.plantbus.app.interop.peers;

import org.jspecify.annotations.NullMarked;
