package io.plantbus.hal.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.LineErrors;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.hal.linux.LinuxSerialPorts;
import io.plantbus.hal.linux.PseudoTerminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The same contract for a line that an agent opened, whose thread waits for it.
class AgentSerialLineTest extends SerialLineContract {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final NanoClock clock = NanoClock.system();
  private final LinuxSerialPorts ports = new LinuxSerialPorts(clock);
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private final ThreadRunner runner = new ThreadRunner(clock, (_, thrown) -> failure.set(thrown));

  @Override
  SerialLine open(String device, SerialSettings settings) throws PortException {
    Owner owner = new Owner(device, settings);
    AgentHandle handle = runner.start(owner);
    try {
      return new Owned(owner.opened.get(), handle, owner.thread.get());
    } catch (ExecutionException refused) {
      handle.stop();
      if (refused.getCause() instanceof PortException reason) {
        throw reason;
      }
      throw new IllegalStateException(refused);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Override
  String threadPrefix() {
    return "plantbus-tty-";
  }

  /// Opens the line, and ends with it.
  private final class Owner implements Agent {
    final CompletableFuture<Thread> thread = new CompletableFuture<>();
    final CompletableFuture<SerialLine> opened = new CompletableFuture<>();
    private final String device;
    private final SerialSettings settings;
    private @Nullable AgentHandle handle;

    Owner(String device, SerialSettings settings) {
      this.device = device;
      this.settings = settings;
    }

    @Override
    public String name() {
      try {
        return "tty-" + Path.of(device).toRealPath().getFileName();
      } catch (IOException missing) {
        throw new UncheckedIOException(missing);
      }
    }

    @Override
    public void started(AgentHandle newHandle) {
      handle = newHandle;
      thread.complete(Thread.currentThread());
    }

    @Override
    public long step(long nowNanos) {
      try {
        if (!opened.isDone()) {
          opened.complete(ports.open(device, settings));
        } else if (opened.join().state() != LinkState.OPEN && handle != null) {
          handle.stop();
        }
      } catch (PortException refused) {
        opened.completeExceptionally(refused);
      }
      return NEVER;
    }

    /// A line that is lost stays so until the test closes it.
    @Override
    public void stopped() {
      if (!opened.isCompletedExceptionally() && opened.join().state() == LinkState.OPEN) {
        opened.join().close();
      }
    }
  }

  /// Wakes the owner with every activity; closing waits for its end.
  private record Owned(SerialLine line, AgentHandle owner, Thread thread) implements SerialLine {
    Owned {
      line.onActivity(owner::wake);
    }

    @Override
    public String name() {
      return line.name();
    }

    @Override
    public SerialSettings settings() {
      return line.settings();
    }

    @Override
    public String appliedSettings() {
      return line.appliedSettings();
    }

    @Override
    public LineErrors errors() {
      return line.errors();
    }

    @Override
    public LinkState state() {
      return line.state();
    }

    @Override
    public int read(byte[] into, int offset, int length) throws PortException {
      return line.read(into, offset, length);
    }

    @Override
    public long arrivalNanos() {
      return line.arrivalNanos();
    }

    @Override
    public int write(byte[] from, int offset, int length) throws PortException {
      return line.write(from, offset, length);
    }

    @Override
    public void discardInput() {
      line.discardInput();
    }

    @Override
    public long overruns() {
      return line.overruns();
    }

    @Override
    public void onActivity(Runnable callback) {
      line.onActivity(
          () -> {
            callback.run();
            owner.wake();
          });
    }

    @Override
    public void close() {
      line.close();
      owner.stop();
      if (!Thread.currentThread().equals(thread)) {
        try {
          thread.join(Duration.ofNanos(PATIENCE_NANOS));
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  /// Echoes what comes, counts its steps, and runs on deadlines of its own.
  private final class Ticking implements Agent {
    final AtomicLong ticks = new AtomicLong();
    final CountDownLatch tenTicks = new CountDownLatch(10);
    final CountDownLatch told = new CountDownLatch(1);
    volatile boolean asked;
    private final String device;
    private @Nullable SerialLine line;
    private @Nullable AgentHandle handle;

    Ticking(String device) {
      this.device = device;
    }

    @Override
    public String name() {
      return "ticking";
    }

    @Override
    public void started(AgentHandle newHandle) {
      handle = newHandle;
    }

    @Override
    public long step(long nowNanos) {
      try {
        SerialLine open = line;
        if (open == null) {
          open = ports.open(device, SerialSettings.MODBUS_DEFAULT);
          AgentHandle mine = handle;
          if (mine != null) {
            open.onActivity(mine::wake);
          }
          line = open;
        }
        byte[] buffer = new byte[16];
        int count = open.read(buffer, 0, buffer.length);
        assertEquals(count, open.write(buffer, 0, count));
      } catch (PortException lost) {
        throw new IllegalStateException(lost);
      }
      if (asked) {
        told.countDown();
      }
      ticks.incrementAndGet();
      tenTicks.countDown();
      return nowNanos + TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public void stopped() {
      if (line != null) {
        line.close();
      }
    }
  }

  @Test
  void anAgentThatWaitsForItsLineKeepsItsDeadlinesAndHearsWhoeverWakesIt() throws Exception {
    try (PseudoTerminal other = PseudoTerminal.open(SerialSettings.MODBUS_DEFAULT, clock)) {
      CountDownLatch echoed = new CountDownLatch(1);
      other.onActivity(echoed::countDown);
      Ticking agent = new Ticking(other.slavePath().toString());
      AgentHandle handle = runner.start(agent);
      assertTrue(agent.tenTicks.await(10, TimeUnit.SECONDS));
      agent.asked = true;
      handle.wake();
      assertTrue(agent.told.await(10, TimeUnit.SECONDS));
      other.write(new byte[] {7}, 0, 1);
      assertTrue(echoed.await(10, TimeUnit.SECONDS));
      byte[] answer = new byte[2];
      assertEquals(1, other.read(answer, 0, 2));
      assertEquals(7, answer[0]);
      String file = other.slavePath().toRealPath().getFileName().toString();
      assertTrue(
          Thread.getAllStackTraces().keySet().stream()
              .noneMatch(thread -> thread.getName().equals("plantbus-tty-" + file)),
          () -> "more threads than the agent's: " + Thread.getAllStackTraces().keySet());
      handle.stop();
      assertTrue(handle.awaitStopped(PATIENCE_NANOS));
      assertNull(failure.get());
    }
  }
}
