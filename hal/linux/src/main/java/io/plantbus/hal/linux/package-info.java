/// Linux itself as the vendor: serial ports, pseudo terminals, I2C buses and digital lines through
/// the JDK's foreign function interface, without any native code of ours.
///
/// | class | kernel interface | port |
/// |---|---|---|
/// | [LinuxSerialPorts] | `termios2`, `TIOCSRS485`, `TIOCMBIS`, `TIOCGICOUNT`, `ppoll(2)` | `SerialLine`, with direction by the kernel or by RTS |
/// | [PseudoTerminal] | `/dev/ptmx`, `ppoll(2)` | `SerialLine`, the side that a simulated slave owns |
/// | [TerminalSettings] | `TCGETS2`, `TIOCGRS485` | reads back what a driver applied |
/// | [LinuxI2cBus] | `/dev/i2c-N`, `I2C_RDWR` | `I2cBus` |
/// | [LinuxGpioChip] | `/dev/gpiochipN`, GPIO character device version 2 | `DigitalOutput`, `DigitalInput` |
///
/// - Everything here needs `--enable-native-access` for the module that loads it.
/// - Request numbers and structures are those of the generic kernel ABI, which x86-64, AArch64 and
///   RISC-V share; all of them are little-endian.
/// - Where the functions come from is an argument ([java.lang.foreign.SymbolLookup]) of serial
///   ports, the I2C bus and the GPIO chip, so that a library of a test's own can stand in for the C
///   library.
/// - I2C and GPIO calls happen on the calling thread and occupy it while the kernel works. A serial
///   port and a pseudo terminal have one daemon thread each, which sleeps in `ppoll(2)` and ends
///   with `close`.
@NullMarked
package io.plantbus.hal.linux;

import org.jspecify.annotations.NullMarked;
