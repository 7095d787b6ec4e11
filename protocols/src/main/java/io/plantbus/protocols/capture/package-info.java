/// Captures in the format pcapng (IETF draft-ietf-opsawg-pcapng), written and read here so that
/// Wireshark opens what was heard on a line. Bytes in, bytes out; no file is opened here.
@NullMarked
package io.plantbus.protocols.capture;

import org.jspecify.annotations.NullMarked;
