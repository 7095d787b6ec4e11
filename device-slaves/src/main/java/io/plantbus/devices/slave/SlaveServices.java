package io.plantbus.devices.slave;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a slave answers besides its four tables. What it was not given it refuses: a function with
/// 01, a file or queue with 02. Set it up before it is served; afterwards its [BankSlave]'s monitor
/// guards it.
public final class SlaveServices {
  private static final Response UNKNOWN = Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION);
  private static final Response ABSENT = Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS);
  private static final ByteBlock PROFILE_ID = ByteBlock.of(1);

  private final Map<Integer, RegisterQueue> queues = new HashMap<>();
  private final Map<Integer, UserHandler> handlers = new HashMap<>();
  private @Nullable DeviceIdentity identity;
  private Response.@Nullable ServerId serverId;
  private @Nullable FileMemory files;
  private int exceptionStatus = -1;

  /// Executes a user-defined function of one slave.
  @FunctionalInterface
  public interface UserHandler {
    /// Executes one request, all of it or nothing.
    ///
    /// @param data what follows the function code
    /// @param nowNanos monotonic time of the request
    /// @return [Response.UserDefined] or a refusal
    Response execute(ByteBlock data, long nowNanos);
  }

  /// None at all.
  public SlaveServices() {}

  /// A profile's: its [DeviceIdentity], and a server id of one byte, 1, running, with manufacturer
  /// and model behind it.
  public static SlaveServices of(DeviceProfile profile) {
    byte[] text =
        (profile.manufacturer() + " " + profile.model())
            .strip()
            .getBytes(StandardCharsets.US_ASCII);
    ByteBlock additional = ByteBlock.copyOf(text, 0, Math.min(text.length, 249));
    return new SlaveServices()
        .with(DeviceIdentity.of(profile))
        .with(Response.ServerId.of(PROFILE_ID, true, additional));
  }

  /// Answers function code 43, MEI type 14.
  public SlaveServices with(DeviceIdentity newIdentity) {
    identity = newIdentity;
    return this;
  }

  /// Answers function code 17.
  public SlaveServices with(Response.ServerId newServerId) {
    serverId = newServerId;
    return this;
  }

  /// Answers function codes 20 and 21.
  public SlaveServices with(FileMemory newFiles) {
    files = newFiles;
    return this;
  }

  /// Answers function code 24 at an address.
  ///
  /// @param address 0..65535
  public SlaveServices with(int address, RegisterQueue queue) {
    queues.put(address, queue);
    return this;
  }

  /// Answers function code 7.
  ///
  /// @param outputs eight bits, 0..255 (higher bits are cut off)
  public SlaveServices withExceptionStatus(int outputs) {
    exceptionStatus = outputs & 0xFF;
    return this;
  }

  /// Executes a user-defined function; the server must know it too.
  public SlaveServices with(UserFunction function, UserHandler handler) {
    handlers.put(function.code(), handler);
    return this;
  }

  Response execute(Request.Service request, long nowNanos) {
    return switch (request) {
      case Request.ReadExceptionStatus _ ->
          exceptionStatus < 0 ? UNKNOWN : new Response.ExceptionStatus(exceptionStatus);
      case Request.ReportServerId _ -> serverId == null ? UNKNOWN : serverId;
      case Request.ReadFileRecord read -> files == null ? UNKNOWN : files.read(read);
      case Request.WriteFileRecord write -> files == null ? UNKNOWN : files.write(write);
      case Request.ReadFifoQueue(int address) -> queue(address);
      case Request.ReadDeviceIdentification read ->
          identity == null ? UNKNOWN : identity.read(read);
      case Request.UserDefined(int code, ByteBlock data) -> {
        UserHandler handler = handlers.get(code);
        yield handler == null ? UNKNOWN : handler.execute(data, nowNanos);
      }
      case Request.Diagnostics _, Request.GetCommEventCounter _, Request.GetCommEventLog _ ->
          UNKNOWN; // the server answers them where it keeps diagnostics
      case Request.Raw _ -> UNKNOWN; // a client's only; servers read requests as what they are
    };
  }

  private Response queue(int address) {
    RegisterQueue queue = queues.get(address);
    if (queue == null) {
      return queues.isEmpty() ? UNKNOWN : ABSENT;
    }
    return queue.read();
  }
}
