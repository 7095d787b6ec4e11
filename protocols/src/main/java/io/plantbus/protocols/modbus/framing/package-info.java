/// How protocol data units are delimited: checksum, lengths and silence on a serial line (SL
/// 2.5.1), the MBAP header on TCP (MB 3.1.3).
@NullMarked
package io.plantbus.protocols.modbus.framing;

import org.jspecify.annotations.NullMarked;
