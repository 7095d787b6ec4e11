/// How protocol data units are delimited: checksum, lengths and silence on a serial line (SL
/// 2.5.1), characters in ASCII mode (SL 2.5.2), the MBAP header on TCP (MB 3.1.3); and what a
/// two-wire line hears of itself.
@NullMarked
package io.plantbus.protocols.modbus.framing;

import org.jspecify.annotations.NullMarked;
