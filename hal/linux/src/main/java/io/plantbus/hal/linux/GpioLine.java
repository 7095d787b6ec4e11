package io.plantbus.hal.linux;

import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The descriptor of one requested line. Levels are logical: the kernel applies active-low.
final class GpioLine {
  private static final long GET_VALUES = 0xC010B40EL;
  private static final long SET_VALUES = 0xC010B40FL;
  private static final int MASK = 8;

  private final Libc libc;
  private final int descriptor;
  private final String name;

  /// `struct gpio_v2_line_values`: bits and mask of 64 bits each.
  private final MemorySegment values = Arena.ofAuto().allocate(16, 8);

  private boolean closed;

  GpioLine(Libc libc, int descriptor, String name) {
    this.libc = libc;
    this.descriptor = descriptor;
    this.name = name;
    values.set(ValueLayout.JAVA_LONG, MASK, 1);
  }

  String name() {
    return name;
  }

  boolean get() throws PortException {
    call(GET_VALUES);
    return (values.get(ValueLayout.JAVA_LONG, 0) & 1) != 0;
  }

  void set(boolean active) throws PortException {
    values.set(ValueLayout.JAVA_LONG, 0, active ? 1 : 0);
    call(SET_VALUES);
  }

  private void call(long request) throws PortException {
    if (closed) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
    int result = libc.ioctl(descriptor, request, values);
    if (result < 0) {
      throw new PortException(
          PortFault.LOST, "%s is gone: %s; open it again".formatted(name, Errno.describe(-result)));
    }
  }

  void close() {
    if (!closed) {
      closed = true;
      libc.close(descriptor);
    }
  }
}
