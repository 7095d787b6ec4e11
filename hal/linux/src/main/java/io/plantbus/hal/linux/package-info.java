/// Linux itself as the vendor: pseudo terminals, I2C buses and digital lines through the JDK's
/// foreign function interface, without any native code of ours.
///
/// | class | kernel interface | port |
/// |---|---|---|
/// | [PseudoTerminal] | `/dev/ptmx`, `poll(2)` | `SerialLine`, the side that a simulated slave owns |
/// | [TerminalSettings] | `TCGETS2`, `TIOCGRS485` | reads back what a driver applied |
/// | [LinuxI2cBus] | `/dev/i2c-N`, `I2C_RDWR` | `I2cBus` |
/// | [LinuxGpioChip] | `/dev/gpiochipN`, GPIO character device version 2 | `DigitalOutput`, `DigitalInput` |
///
/// - Everything here needs `--enable-native-access` for the module that loads it.
/// - Request numbers and structures are those of the generic kernel ABI, which x86-64, AArch64 and
///   RISC-V share; all of them are little-endian.
/// - Where the functions come from is an argument ([java.lang.foreign.SymbolLookup]) of the I2C bus
///   and of the GPIO chip, so that a library of a test's own can stand in for the C library.
/// - I2C and GPIO calls happen on the calling thread and occupy it while the kernel works. A pseudo
///   terminal has one daemon reader thread, which sleeps in `poll(2)` and ends with `close`.
@NullMarked
package io.plantbus.hal.linux;

import org.jspecify.annotations.NullMarked;
