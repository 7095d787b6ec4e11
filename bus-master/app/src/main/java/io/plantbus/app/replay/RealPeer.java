package io.plantbus.app.replay;

import io.plantbus.app.device.Endpoint;
import io.plantbus.app.device.SingleDevice;
import io.plantbus.app.wiring.Adapters;
import io.plantbus.hal.PortException;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.protocols.modbus.session.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A real endpoint, in real time. Who asks waits.
public final class RealPeer implements ReplayPeer, AutoCloseable {
  private final Adapters adapters;
  private final SingleDevice device;
  private final long startNanos;

  /// @param connectTimeout longest wait for a connection
  public RealPeer(Endpoint endpoint, Adapters adapters, Duration connectTimeout) {
    this.adapters = adapters;
    TappedLine line =
        TappedLine.stream("replay", endpoint.place(), StreamFraming.MBAP, connectTimeout.toNanos());
    this.device = adapters.device(endpoint, connectTimeout, new LineTap(line, 0));
    this.startNanos = adapters.clock().nanoTime();
  }

  @Override
  public CompletableFuture<Outcome> ask(
      long dueNanos, UnitId unit, Request request, long timeoutNanos) {
    try {
      long left = startNanos + dueNanos - adapters.clock().nanoTime();
      if (left > 0) {
        TimeUnit.NANOSECONDS.sleep(left);
      }
      return CompletableFuture.completedFuture(device.call(unit, request, timeoutNanos).outcome());
    } catch (PortException lost) {
      return CompletableFuture.failedFuture(lost);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return CompletableFuture.failedFuture(stopped);
    }
  }

  @Override
  public void close() {
    device.close();
  }
}
