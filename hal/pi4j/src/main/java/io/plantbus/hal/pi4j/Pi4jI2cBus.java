package io.plantbus.hal.pi4j;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.i2c.I2C;
import com.pi4j.io.i2c.I2CProvider;
import io.plantbus.hal.I2cAddress;
import io.plantbus.hal.I2cBus;
import io.plantbus.hal.I2cOpener;
import io.plantbus.hal.I2cOutcome;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An I2C bus through any Pi4J 3 context. Opens one Pi4J device for each address at its first
/// transfer, 112 at most, and releases them when the bus is closed.
///
/// ```
///  write       I2C.write(out)               S addr W out P
///  read        I2C.read(in)                 S addr R in P
///  write-read  I2C.readRegister(out, in)    S addr W out Sr addr R in P
///  probe       I2C.read(1 byte)             S addr R 1 byte P
/// ```
///
/// Where Pi4J falls short of [I2cBus]:
/// - A write-read goes through `readRegister(byte[], …)`, which the linuxfs provider sends as one
///   combined transfer with a repeated START. `I2C.writeRead` would put a STOP between the two, so
///   it is not used. Providers other than linuxfs may still do that in `readRegister`.
/// - A write without bytes never reaches the wire, so a probe reads one byte; a target whose state
///   changes by being read notices.
/// - No 10-bit addresses: Pi4J sends their low 8 bits and would talk to another target. They are
///   refused.
/// - No time-out: a transfer blocks for as long as the kernel waits.
/// - The reason of a failure is only in the text of an exception; see [#transfer].
///
/// All methods belong to the owner's thread.
public final class Pi4jI2cBus implements I2cBus {
  /// The longest write-read, both halves together, in bytes: what the buffer of the linuxfs
  /// provider holds beside its bookkeeping.
  public static final int MAX_WRITE_READ_BYTES = 1920;

  private static final Logger LOGGER = LoggerFactory.getLogger(Pi4jI2cBus.class);
  private static final int ADDRESSES = 0x80;

  private final Context context;
  private final I2CProvider provider;
  private final int number;
  private final String name;
  private final @Nullable I2C[] devices = new @Nullable I2C[ADDRESSES];
  private boolean closed;

  /// @param context the Pi4J context that the provider belongs to; stays the caller's
  /// @param provider opens the devices
  /// @param number the number of the bus as Pi4J counts, that is N of `/dev/i2c-N`
  public Pi4jI2cBus(Context context, I2CProvider provider, int number) {
    if (number < 0) {
      throw new IllegalArgumentException("bus must not be negative, was " + number);
    }
    this.context = context;
    this.provider = provider;
    this.number = number;
    this.name = "i2c:pi4j/" + number;
  }

  /// Opens bus `number` through the I2C provider that the context prefers.
  public static I2cOpener opener(Context context, int number) {
    return () -> {
      try {
        return new Pi4jI2cBus(context, context.<I2CProvider>provider(I2CProvider.class), number);
      } catch (Pi4JException e) {
        throw new PortException(
            PortFault.MISSING,
            "i2c:pi4j/%d: Pi4J has no I2C provider; add one such as pi4j-plugin-linuxfs"
                .formatted(number),
            e);
      }
    };
  }

  @Override
  public String name() {
    return name;
  }

  /// {@inheritDoc}
  ///
  /// Pi4J tells why a transfer failed by the text of its exception. Known texts and numbers become
  /// outcomes: errno 6, 19 and 121 `NOT_ACKNOWLEDGED`, 11 `ARBITRATION_LOST`, 62 and 110
  /// `TIMED_OUT`, 5 and 71 `BUS_FAULT`. Others are exceptions.
  @Override
  public I2cOutcome transfer(I2cAddress address, byte[] out, byte[] in) throws PortException {
    if (closed) {
      throw new PortException(PortFault.CLOSED, name + " was closed by this program");
    }
    checkSupported(address, out, in);
    I2C device = device(address);
    try {
      return run(device, out, in);
    } catch (RuntimeException e) {
      return Pi4jFault.outcome(name, address, e);
    }
  }

  private void checkSupported(I2cAddress address, byte[] out, byte[] in) throws PortException {
    if (address.tenBit()) {
      throw new PortException(
          PortFault.UNSUPPORTED_SETTINGS,
          "%s: Pi4J cannot address %s and would talk to another device; use the bus i2c:/dev/i2c-%d"
              .formatted(name, address, number));
    }
    if (out.length > MAX_TRANSFER_BYTES || in.length > MAX_TRANSFER_BYTES) {
      throw new IllegalArgumentException(
          "at most %d bytes each way, was %d and %d"
              .formatted(MAX_TRANSFER_BYTES, out.length, in.length));
    }
    if (out.length > 0 && in.length > 0 && out.length + in.length > MAX_WRITE_READ_BYTES) {
      throw new PortException(
          PortFault.UNSUPPORTED_SETTINGS,
          "%s: Pi4J takes at most %d bytes in a write-read; use the bus i2c:/dev/i2c-%d"
              .formatted(name, MAX_WRITE_READ_BYTES, number));
    }
  }

  private static I2cOutcome run(I2C device, byte[] out, byte[] in) {
    int done;
    int expected;
    if (out.length == 0) {
      byte[] into = in.length == 0 ? new byte[1] : in;
      expected = into.length;
      done = device.read(into, 0, into.length);
    } else if (in.length == 0) {
      expected = out.length;
      done = device.write(out, 0, out.length);
    } else {
      expected = in.length;
      done = device.readRegister(out, in, 0, in.length);
    }
    return done == expected ? I2cOutcome.COMPLETED : I2cOutcome.BUS_FAULT;
  }

  private I2C device(I2cAddress address) throws PortException {
    I2C device = devices[address.value()];
    if (device == null) {
      device = create(address);
      devices[address.value()] = device;
    } else if (!device.isOpen()) {
      throw new PortException(
          PortFault.LOST, name + " is gone: its Pi4J context was shut down; open it again");
    }
    return device;
  }

  private I2C create(I2cAddress address) throws PortException {
    try {
      return provider.create(
          I2C.newConfigBuilder(context)
              .id("plantbus-i2c-%d-0x%02x".formatted(number, address.value()))
              .bus(number)
              .device(address.value())
              .build());
    } catch (RuntimeException e) {
      throw Pi4jFault.opening(name, e);
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (I2C device : devices) {
      if (device != null && context.registry().exists(device.id())) {
        release(device);
      }
    }
  }

  private void release(I2C device) {
    try {
      context.shutdown(device.id());
    } catch (RuntimeException e) {
      LOGGER.atWarn().addKeyValue("bus", name).setCause(e).log("Pi4J did not release a device");
    }
  }
}
