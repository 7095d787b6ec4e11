package io.plantbus.hal.linux;

import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;

/// An I2C bus of Linux, `/dev/i2c-N`, through the `I2C_RDWR` request: one request is one bus
/// transaction, with a repeated START between its messages.
/// - 10-bit addresses work where the adapter announces them.
/// - A probe is a zero-length write where the adapter announces `SMBUS_QUICK`, and otherwise reads
///   one byte, which it drops.
/// - Linux does not tell a missing address acknowledge from a missing data acknowledge: both are
///   `NOT_ACKNOWLEDGED`.
/// - How long a transfer may take is the driver's own time-out, commonly one second.
public final class LinuxI2cBus implements I2cBus {
  private static final long I2C_FUNCS = 0x0705;
  private static final long I2C_RDWR = 0x0707;
  private static final long FUNC_I2C = 0x1;
  private static final long FUNC_TEN_BIT = 0x2;
  private static final long FUNC_SMBUS_QUICK = 0x1_0000;
  private static final short MESSAGE_READS = 0x1;
  private static final short MESSAGE_TEN_BIT = 0x10;

  /// `struct i2c_msg`: address, flags and length of 16 bits each, padding, buffer.
  private static final int MESSAGE_BYTES = 16;

  private static final int MESSAGE_FLAGS = 2;
  private static final int MESSAGE_LENGTH = 4;
  private static final int MESSAGE_BUFFER = 8;

  private final Libc libc;
  private final int descriptor;
  private final Path device;
  private final long functions;
  private final MemorySegment messages;
  private final MemorySegment request;
  private final MemorySegment outgoing;
  private final MemorySegment incoming;
  private boolean closed;

  private LinuxI2cBus(Libc libc, int descriptor, Path device, long functions) {
    this.libc = libc;
    this.descriptor = descriptor;
    this.device = device;
    this.functions = functions;
    Arena arena = Arena.ofAuto();
    messages = arena.allocate(2 * MESSAGE_BYTES, 8);
    request = arena.allocate(16, 8);
    request.set(ValueLayout.ADDRESS, 0, messages);
    outgoing = arena.allocate(MAX_TRANSFER_BYTES);
    incoming = arena.allocate(MAX_TRANSFER_BYTES);
  }

  /// Opens a bus of this machine.
  ///
  /// @param device the device file, such as `/dev/i2c-1`
  /// @throws PortException if it is missing, not permitted, or no I2C adapter
  public static LinuxI2cBus open(Path device) throws PortException {
    return open(device, Libc.system());
  }

  /// Opens a bus behind functions of the caller's choice.
  ///
  /// @param device the device file, such as `/dev/i2c-1`
  /// @param symbols asked first for `open`, `close` and `ioctl`; the C library has the rest
  /// @throws PortException if it is missing, not permitted, or no I2C adapter
  public static LinuxI2cBus open(Path device, SymbolLookup symbols) throws PortException {
    return open(device, new Libc(symbols.or(Linker.nativeLinker().defaultLookup())));
  }

  private static LinuxI2cBus open(Path device, Libc libc) throws PortException {
    int descriptor = libc.open(device.toString(), Libc.READ_WRITE);
    if (descriptor < 0) {
      throw Errno.opening(
          -descriptor,
          "I2C bus " + device,
          "enable I2C (on a Raspberry Pi: raspi-config, Interface Options, or dtparam=i2c_arm=on), load i2c-dev, and see which buses exist with ls /dev/i2c-*",
          "i2c");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment functions = arena.allocate(ValueLayout.JAVA_LONG);
      int result = libc.ioctl(descriptor, I2C_FUNCS, functions);
      long announced = functions.get(ValueLayout.JAVA_LONG, 0);
      if (result < 0 || (announced & FUNC_I2C) == 0) {
        libc.close(descriptor);
        throw new PortException(
            PortFault.UNSUPPORTED_SETTINGS,
            result < 0
                ? "%s is no I2C bus (%s): choose one of /dev/i2c-*"
                    .formatted(device, Errno.describe(-result))
                : device + " speaks SMBus only, not plain I2C: choose another adapter");
      }
      return new LinuxI2cBus(libc, descriptor, device, announced);
    }
  }

  @Override
  public String name() {
    return "i2c:" + device;
  }

  @Override
  public I2cOutcome transfer(I2cAddress address, byte[] out, byte[] in) throws PortException {
    refuse(address, out.length, in.length);
    int count = 0;
    if (out.length > 0 || (in.length == 0 && (functions & FUNC_SMBUS_QUICK) != 0)) {
      MemorySegment.copy(out, 0, outgoing, ValueLayout.JAVA_BYTE, 0, out.length);
      describe(count++, address, (short) 0, outgoing, out.length);
    }
    if (in.length > 0 || count == 0) {
      describe(count++, address, MESSAGE_READS, incoming, Math.max(1, in.length));
    }
    request.set(ValueLayout.JAVA_INT, 8, count);
    int result = libc.ioctl(descriptor, I2C_RDWR, request);
    if (result < 0) {
      return outcome(-result);
    }
    MemorySegment.copy(incoming, ValueLayout.JAVA_BYTE, 0, in, 0, in.length);
    return I2cOutcome.COMPLETED;
  }

  private void refuse(I2cAddress address, int out, int in) throws PortException {
    if (out > MAX_TRANSFER_BYTES || in > MAX_TRANSFER_BYTES) {
      throw new IllegalArgumentException(
          "an I2C transfer has at most %d bytes each way, was %d out and %d in"
              .formatted(MAX_TRANSFER_BYTES, out, in));
    }
    if (closed) {
      throw new PortException(PortFault.CLOSED, name() + " is closed");
    }
    if (address.tenBit() && (functions & FUNC_TEN_BIT) == 0) {
      throw new PortException(
          PortFault.UNSUPPORTED_SETTINGS,
          "the adapter of %s has no 10-bit addresses: %s cannot be reached on it"
              .formatted(name(), address));
    }
  }

  private void describe(
      int index, I2cAddress address, short flags, MemorySegment buffer, int length) {
    long at = (long) index * MESSAGE_BYTES;
    short form = address.tenBit() ? MESSAGE_TEN_BIT : 0;
    messages.set(ValueLayout.JAVA_SHORT, at, (short) address.value());
    messages.set(ValueLayout.JAVA_SHORT, at + MESSAGE_FLAGS, (short) (flags | form));
    messages.set(ValueLayout.JAVA_SHORT, at + MESSAGE_LENGTH, (short) length);
    messages.set(ValueLayout.ADDRESS, at + MESSAGE_BUFFER, buffer);
  }

  private I2cOutcome outcome(int errno) throws PortException {
    return switch (errno) {
      case Errno.ENXIO, Errno.ENODEV, Errno.EREMOTEIO -> I2cOutcome.NOT_ACKNOWLEDGED;
      case Errno.EAGAIN -> I2cOutcome.ARBITRATION_LOST;
      case Errno.ETIMEDOUT -> I2cOutcome.TIMED_OUT;
      case Errno.EINVAL, Errno.EOPNOTSUPP ->
          throw new PortException(
              PortFault.UNSUPPORTED_SETTINGS,
              "the adapter of %s does not take a transfer of this length or shape (errno %d): use shorter transfers"
                  .formatted(name(), errno));
      case Errno.ESHUTDOWN ->
          throw new PortException(
              PortFault.LOST, name() + " is gone: plug the adapter in again, then open it again");
      default -> I2cOutcome.BUS_FAULT;
    };
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      libc.close(descriptor);
    }
  }
}
