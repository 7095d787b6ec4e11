package io.plantbus.hal.linux;

import io.plantbus.hal.DigitalInput;
import io.plantbus.hal.DigitalOutput;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// A GPIO chip of Linux, `/dev/gpiochipN`, through version 2 of the character device (Linux 5.10
/// and later). Lines are requested from it one by one, under the name `plantbus`; each stays ours
/// until it is closed.
///
/// The chip itself is not held open. Safe for use by any thread; the lines are not.
public final class LinuxGpioChip {
  /// `GPIO_V2_GET_LINE_IOCTL`, with `struct gpio_v2_line_request` of 592 bytes.
  private static final long GET_LINE = 0xC250B407L;

  private static final int REQUEST_BYTES = 592;
  private static final int OFFSETS = 0;
  private static final int CONSUMER = 256;
  private static final int FLAGS = 288;
  private static final int ATTRIBUTE_COUNT = 296;
  private static final int ATTRIBUTE_ID = 320;
  private static final int ATTRIBUTE_VALUE = 328;
  private static final int ATTRIBUTE_MASK = 336;
  private static final int LINE_COUNT = 560;
  private static final int LINE_DESCRIPTOR = 588;

  private static final int ACTIVE_LOW = 1 << 1;
  private static final int INPUT = 1 << 2;
  private static final int OUTPUT = 1 << 3;
  private static final int OUTPUT_VALUES = 2;

  private final Libc libc;
  private final Path device;

  private LinuxGpioChip(Path device, Libc libc) {
    this.device = device;
    this.libc = libc;
  }

  /// A chip of this machine. Nothing is opened yet.
  ///
  /// @param device the device file, such as `/dev/gpiochip0`
  public LinuxGpioChip(Path device) {
    this(device, Libc.system());
  }

  /// A chip behind functions of the caller's choice. Nothing is opened yet.
  ///
  /// @param device the device file, such as `/dev/gpiochip0`
  /// @param symbols asked first for `open`, `close` and `ioctl`; the C library has the rest
  public LinuxGpioChip(Path device, SymbolLookup symbols) {
    this(device, new Libc(symbols.or(Linker.nativeLinker().defaultLookup())));
  }

  /// Takes a line and drives it from the first moment on.
  ///
  /// @param line the line's offset on the chip, 0 or more
  /// @param activeLow whether active is the low level
  /// @param bias the pull resistor, which also decides the level after closing
  /// @param active what to drive first
  /// @throws PortException if the chip or line is missing, not permitted or taken
  public DigitalOutput openOutput(int line, boolean activeLow, LineBias bias, boolean active)
      throws PortException {
    GpioLine requested = request(line, OUTPUT | polarity(activeLow) | bias.flag(), active);
    return new LinuxDigitalOutput(requested, active);
  }

  /// Takes a line and observes it.
  ///
  /// @param line the line's offset on the chip, 0 or more
  /// @param activeLow whether active is the low level
  /// @param bias the pull resistor
  /// @throws PortException if the chip or line is missing, not permitted or taken
  public DigitalInput openInput(int line, boolean activeLow, LineBias bias) throws PortException {
    return new LinuxDigitalInput(request(line, INPUT | polarity(activeLow) | bias.flag(), false));
  }

  private static int polarity(boolean activeLow) {
    return activeLow ? ACTIVE_LOW : 0;
  }

  private GpioLine request(int line, int flags, boolean active) throws PortException {
    if (line < 0) {
      throw new IllegalArgumentException("a line's offset must be 0 or more, was " + line);
    }
    int chip = libc.open(device.toString(), Libc.READ_WRITE);
    if (chip < 0) {
      throw Errno.opening(
          -chip, "GPIO chip " + device, "see which chips exist with gpiodetect", "gpio");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment request = arena.allocate(REQUEST_BYTES, 8);
      request.set(ValueLayout.JAVA_INT, OFFSETS, line);
      request.setString(CONSUMER, "plantbus");
      request.set(ValueLayout.JAVA_LONG, FLAGS, flags);
      if ((flags & OUTPUT) != 0) {
        request.set(ValueLayout.JAVA_INT, ATTRIBUTE_COUNT, 1);
        request.set(ValueLayout.JAVA_INT, ATTRIBUTE_ID, OUTPUT_VALUES);
        request.set(ValueLayout.JAVA_LONG, ATTRIBUTE_VALUE, active ? 1 : 0);
        request.set(ValueLayout.JAVA_LONG, ATTRIBUTE_MASK, 1);
      }
      request.set(ValueLayout.JAVA_INT, LINE_COUNT, 1);
      int result = libc.ioctl(chip, GET_LINE, request);
      String name = "gpio:" + device + "/" + line;
      if (result < 0) {
        throw refusal(name, -result);
      }
      return new GpioLine(libc, request.get(ValueLayout.JAVA_INT, LINE_DESCRIPTOR), name);
    } finally {
      libc.close(chip);
    }
  }

  private PortException refusal(String name, int errno) {
    return switch (errno) {
      case Errno.EBUSY ->
          new PortException(
              PortFault.BUSY,
              name + " is taken by another program or driver: see by whom with gpioinfo");
      case Errno.EINVAL ->
          new PortException(
              PortFault.MISSING,
              name + " does not exist or has no such bias: see the lines with gpioinfo");
      case Errno.EPERM, Errno.EACCES ->
          new PortException(
              PortFault.PERMISSION_DENIED,
              name + " is reserved by the kernel: choose another line");
      case Errno.ENOTTY ->
          new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              device + " is no GPIO chip of Linux 5.10 or later: choose one of /dev/gpiochip*");
      default ->
          new PortException(
              PortFault.FAILED, "cannot take %s: %s".formatted(name, Errno.describe(errno)));
    };
  }
}
