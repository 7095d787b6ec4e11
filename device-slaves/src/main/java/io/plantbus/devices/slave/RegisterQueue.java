package io.plantbus.devices.slave;

import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayDeque;
import java.util.Deque;

/// A queue of registers that clients read with function code 24 (AP 6.18), which leaves it as it
/// is. Guarded by the slave that it belongs to.
public final class RegisterQueue {
  private final int capacity;
  private final Deque<Integer> registers = new ArrayDeque<>();

  /// An empty queue.
  ///
  /// @param capacity the most registers, 1..65535; more than 31 at once cannot be read
  public RegisterQueue(int capacity) {
    if (capacity < 1 || capacity > 0xFFFF) {
      throw new IllegalArgumentException("a capacity must be 1..65535, was " + capacity);
    }
    this.capacity = capacity;
  }

  /// Puts a register at the end.
  ///
  /// @param register 0..65535 (higher bits are cut off)
  /// @return whether there was room
  public boolean add(int register) {
    return registers.size() < capacity && registers.add(register & 0xFFFF);
  }

  /// Takes the oldest register.
  ///
  /// @return 0..65535, or -1 if there is none
  public int remove() {
    Integer oldest = registers.poll();
    return oldest == null ? -1 : oldest;
  }

  /// How many registers are in it.
  public int count() {
    return registers.size();
  }

  /// What a client gets: refused with 03 if there are more than 31.
  Response read() {
    return registers.size() > Response.FifoQueue.MAX_REGISTERS
        ? Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_VALUE)
        : new Response.FifoQueue(
            RegisterBlock.of(registers.stream().mapToInt(Integer::intValue).toArray()));
  }
}
