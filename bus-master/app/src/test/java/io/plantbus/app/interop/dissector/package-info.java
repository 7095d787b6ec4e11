/// Wireshark's dissector on captures of what our client and our server say to each other.
@NullMarked
package io.plantbus.app.interop.dissector;

import org.jspecify.annotations.NullMarked;
