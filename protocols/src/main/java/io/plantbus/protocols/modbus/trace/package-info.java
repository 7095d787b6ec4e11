/// Listening in on a line: bytes of both directions with their times go in; frames, who is meant by
/// them and what is wrong with them come out, and text for people. Passive, without clock or I/O.
@NullMarked
package io.plantbus.protocols.modbus.trace;

import org.jspecify.annotations.NullMarked;
