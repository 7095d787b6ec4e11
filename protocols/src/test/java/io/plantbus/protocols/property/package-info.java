/// What must hold for any request and response: that they survive every framing, and that other
/// implementations write and read the same bytes.
@NullMarked
package io.plantbus.protocols.property;

import org.jspecify.annotations.NullMarked;
