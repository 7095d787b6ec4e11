/// The Modbus traffic in a capture of anybody's: packets are unwrapped, streams put in order, and
/// frames paired to requests and their answers. Bytes in, exchanges out; no file is opened here.
@NullMarked
package io.plantbus.protocols.capture.traffic;

import org.jspecify.annotations.NullMarked;
