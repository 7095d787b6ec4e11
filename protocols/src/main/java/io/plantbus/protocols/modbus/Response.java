package io.plantbus.protocols.modbus;

import io.plantbus.protocols.ByteBlock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a server answers: one protocol data unit, at most 253 bytes on the wire (AP 4.1).
public sealed interface Response {
  /// The same with blocks of its own, for keeping it beyond the callback that brings it.
  default Response copy() {
    return this;
  }

  /// The answer to reading coils or discrete inputs.
  ///
  /// @param bits as many as were asked for
  record Bits(BitBlock bits) implements Response {
    @Override
    public Response copy() {
      return new Bits(bits.copy());
    }
  }

  /// The answer to reading registers, function code 23 included.
  ///
  /// @param registers as many as were asked for
  record Registers(RegisterBlock registers) implements Response {
    @Override
    public Response copy() {
      return new Registers(registers.copy());
    }
  }

  /// A write was executed: the echo, or the address and quantity, of the request (function codes 5,
  /// 6, 15, 16, 21, 22).
  record Written() implements Response {
    /// The only instance that is needed.
    public static final Written INSTANCE = new Written();
  }

  /// The server refuses (AP 7).
  ///
  /// @param code the exception code on the wire, 1..255; see [ExceptionCode#of(int)]
  record Refusal(int code) implements Response {
    public Refusal {
      if (code < 1 || code > 255) {
        throw new IllegalArgumentException("an exception code must be 1..255, was " + code);
      }
    }

    /// A refusal that the specification defines.
    public static Refusal of(ExceptionCode code) {
      return new Refusal(code.code());
    }
  }

  /// The answer to a [Request.Service] that reads; holds blocks of its own.
  sealed interface Service extends Response {}

  /// Function code 7 (AP 6.7).
  ///
  /// @param outputs eight bits, 0..255
  record ExceptionStatus(int outputs) implements Service {
    public ExceptionStatus {
      requireWithin(outputs, 0, 255);
    }
  }

  /// Function code 8 (AP 6.8).
  ///
  /// @param subFunction the request's
  /// @param data the request's, or one word
  record Diagnostics(SubFunction subFunction, ByteBlock data) implements Service {
    /// The answer that is a word.
    ///
    /// @param value 0..65535
    public static Diagnostics ofWord(SubFunction subFunction, int value) {
      return new Diagnostics(subFunction, ByteBlock.of(value >> 8, value));
    }

    /// The first word of the data, 0..65535.
    public int word() {
      return data.byteAt(0) << 8 | data.byteAt(1);
    }
  }

  /// Function code 11 (AP 6.9).
  ///
  /// @param busy whether a program command is still being processed; 0xFFFF or 0x0000 on the wire
  /// @param events messages completed, 0..65535
  record CommEventCounter(boolean busy, int events) implements Service {
    public CommEventCounter {
      requireWithin(events, 0, 0xFFFF);
    }
  }

  /// Function code 12 (AP 6.10).
  ///
  /// @param busy whether a program command is still being processed
  /// @param events messages completed, 0..65535
  /// @param messages messages on the line, 0..65535
  /// @param log 0..64 events of a byte each, the newest first
  record CommEventLog(boolean busy, int events, int messages, ByteBlock log) implements Service {
    /// The most events.
    public static final int MAX_EVENTS = 64;

    public CommEventLog {
      requireWithin(events, 0, 0xFFFF);
      requireWithin(messages, 0, 0xFFFF);
      requireWithin(log.length(), 0, MAX_EVENTS);
    }
  }

  /// Function code 17 (AP 6.13). How many bytes are the id is the device's own affair.
  ///
  /// @param data id, run indicator and additional data: 1..251 bytes
  record ServerId(ByteBlock data) implements Service {
    private static final int RUNNING = 0xFF;

    public ServerId {
      requireWithin(data.length(), 1, RequestEncoder.MAX_PDU_BYTES - 2);
    }

    /// Puts it together.
    public static ServerId of(ByteBlock id, boolean running, ByteBlock additional) {
      byte[] data = new byte[id.length() + 1 + additional.length()];
      id.copyTo(data, 0);
      data[id.length()] = (byte) (running ? RUNNING : 0);
      additional.copyTo(data, id.length() + 1);
      return new ServerId(ByteBlock.copyOf(data, 0, data.length));
    }

    /// Whether the device runs, if its id takes so many bytes.
    public boolean isRunning(int idBytes) {
      return data.byteAt(idBytes) == RUNNING;
    }
  }

  /// Function code 20 (AP 6.14).
  ///
  /// @param records a block for each span that was asked for
  record FileRecords(List<RegisterBlock> records) implements Service {
    public FileRecords {
      records = List.copyOf(records);
    }
  }

  /// Function code 24 (AP 6.18).
  ///
  /// @param registers 0..31, the oldest first
  record FifoQueue(RegisterBlock registers) implements Service {
    /// The longest queue that can be read.
    public static final int MAX_REGISTERS = 31;

    public FifoQueue {
      requireWithin(registers.count(), 0, MAX_REGISTERS);
    }
  }

  /// Function code 43, MEI type 14 (AP 6.21).
  ///
  /// @param code the request's, 1..4
  /// @param conformity 0x01..0x03, the category that the device has; 0x81..0x83 if single objects
  ///   can be read too
  /// @param more whether another request is needed to get the rest
  /// @param nextObjectId where to go on, 0 if there is no more
  /// @param objects in the order of their ids
  record DeviceIdentification(
      int code, int conformity, boolean more, int nextObjectId, List<DeviceObject> objects)
      implements Service {
    public DeviceIdentification {
      requireWithin(code, 1, 4);
      requireWithin(conformity, 0, 255);
      requireWithin(nextObjectId, 0, 255);
      objects = List.copyOf(objects);
      int length = 7;
      for (DeviceObject object : objects) {
        length += 2 + object.value().length();
      }
      requireWithin(length, 7, RequestEncoder.MAX_PDU_BYTES);
    }

    /// The request that gets the rest, or null if there is none: also if the device would have it
    /// read in circles.
    public Request.@Nullable ReadDeviceIdentification next() {
      int last = objects.isEmpty() ? -1 : objects.getLast().id();
      return more && nextObjectId > last
          ? new Request.ReadDeviceIdentification(code, nextObjectId)
          : null;
    }
  }

  /// The answer of a user-defined function.
  ///
  /// @param data what follows the function code, at most 252 bytes
  record UserDefined(ByteBlock data) implements Service {
    public UserDefined {
      requireWithin(data.length(), 0, RequestEncoder.MAX_PDU_BYTES - 1);
    }
  }

  private static void requireWithin(int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException("must be %d..%d, was %d".formatted(least, most, value));
    }
  }
}
