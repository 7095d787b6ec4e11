package io.plantbus.app.device;

import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.master.trace.LineTap;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.ClientSession;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// One endpoint for a caller that waits, one request at a time. The link is opened with the first
/// request, and again with the next one after it was lost. For one thread at a time.
public final class SingleDevice implements AutoCloseable {
  /// How long after its own bounds the far thread may be late before it counts as stuck.
  private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final DeviceAgent agent;
  private final AgentHandle handle;
  private final long connectTimeoutNanos;

  /// @param name the endpoint as a user would write it
  /// @param runner one on which the opener may be used
  /// @param opener makes the link
  /// @param session makes the session that speaks over the link
  /// @param connectTimeoutNanos the longest time that the opener and its link may take
  /// @param tap told what goes over the link
  public SingleDevice(
      String name,
      AgentRunner runner,
      LinkOpener opener,
      Function<ClientEffects, ClientSession> session,
      long connectTimeoutNanos,
      LineTap tap) {
    this.agent = new DeviceAgent(name, opener, session, tap);
    this.connectTimeoutNanos = connectTimeoutNanos;
    this.handle = runner.start(agent);
  }

  /// Sends a request and waits for what becomes of it.
  ///
  /// @param timeoutNanos from the end of the request to the end of its answer
  /// @throws PortException if the link cannot be opened or was lost
  /// @throws InterruptedException if the waiting thread is interrupted
  public Exchange call(UnitId unit, Request request, long timeoutNanos)
      throws PortException, InterruptedException {
    CompletableFuture<Exchange> result = begin(unit, request, timeoutNanos);
    try {
      return result.get(connectTimeoutNanos + timeoutNanos + GRACE_NANOS, TimeUnit.NANOSECONDS);
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof PortException lost) {
        throw lost;
      }
      throw new IllegalStateException(agent.name() + " failed", failure.getCause());
    } catch (TimeoutException _) {
      throw new PortException(
          PortFault.FAILED, agent.name() + " is stuck: the driver of the port does not return");
    }
  }

  /// Sends a request without waiting, as in virtual time; the one before must have ended.
  ///
  /// @param timeoutNanos from the end of the request to the end of its answer
  /// @return ends with what becomes of it, or with a [PortException]
  public CompletableFuture<Exchange> begin(UnitId unit, Request request, long timeoutNanos) {
    CompletableFuture<Exchange> result = new CompletableFuture<>();
    agent.submit(new DeviceAgent.Call(unit, request, timeoutNanos, result));
    return result;
  }

  /// What a serial line was found to use after opening; empty before, and for other links.
  public String appliedSettings() {
    return agent.appliedSettings();
  }

  @Override
  public void close() {
    handle.stop();
    try {
      handle.awaitStopped(GRACE_NANOS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
