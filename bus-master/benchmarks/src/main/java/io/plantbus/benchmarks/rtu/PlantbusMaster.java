package io.plantbus.benchmarks.rtu;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.ThreadRunner;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.framing.RtuTiming;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.RtuClientSession;
import io.plantbus.protocols.modbus.session.RtuClientSettings;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The session of a serial line on a thread of its own, over one of the serial ports.
final class PlantbusMaster implements Master {
  private static final int FASTEST_BAUD = 921_600;
  private static final long TIMEOUT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long LONGEST_STOP_NANOS = TimeUnit.SECONDS.toNanos(5);

  /// Opens a device.
  interface Ports {
    LinkOpener opener(String device, SerialSettings settings);
  }

  private final Ports ports;

  PlantbusMaster(Ports ports) {
    this.ports = ports;
  }

  @Override
  public double perSecond(String device, int count, long millis, int baud)
      throws InterruptedException {
    RtuClientSettings settings = RtuClientSettings.of(new RtuTiming(Math.max(baud, 1_200), 11));
    SerialSettings serial = SerialSettings.of(baud == 0 ? FASTEST_BAUD : baud, "8N2");
    Asking asking =
        new Asking(
            ports.opener(device, serial),
            count,
            millis,
            baud == 0 ? RtuClientSettings.overStream() : settings);
    AgentHandle handle =
        new ThreadRunner(
                NanoClock.system(),
                (_, failure) -> {
                  asking.failure = failure.toString();
                  asking.done.countDown();
                })
            .start(asking);
    asking.done.await();
    handle.stop();
    handle.awaitStopped(LONGEST_STOP_NANOS);
    if (asking.failure != null) {
      throw new IllegalStateException(asking.failure);
    }
    return asking.answers * 1e9 / asking.tookNanos;
  }

  private static final class Asking implements Agent, ClientEffects {
    private final LinkOpener opener;
    private final long lengthNanos;
    private final Request request;
    private final RtuClientSession session;
    private final CountDownLatch done = new CountDownLatch(1);
    private final byte[] buffer = new byte[1024];
    private @Nullable AgentHandle handle;
    private @Nullable Link link;
    private volatile @Nullable String failure;
    private long startNanos;
    private long answers;
    private long tookNanos;

    Asking(LinkOpener opener, int count, long millis, RtuClientSettings settings) {
      this.opener = opener;
      this.lengthNanos = millis * 1_000_000;
      this.request = new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, count));
      this.session = new RtuClientSession(settings, this);
    }

    @Override
    public String name() {
      return "asking";
    }

    @Override
    public void started(AgentHandle newHandle) {
      handle = newHandle;
    }

    @Override
    public long step(long nowNanos) {
      try {
        Link open = link;
        if (open == null) {
          open = opener.open();
          open.onActivity(Objects.requireNonNull(handle)::wake);
          link = open;
          startNanos = System.nanoTime();
        }
        int length = open.read(buffer, 0, buffer.length);
        session.receive(buffer, 0, length, length > 0 ? open.arrivalNanos() : nowNanos);
        session.advance(nowNanos);
        if (tookNanos == 0 && session.canOffer(nowNanos)) {
          session.offer(UnitId.of(1), request, TIMEOUT_NANOS, nowNanos);
        }
        return session.deadline();
      } catch (PortException lost) {
        failure = lost.getMessage();
        done.countDown();
        return Agent.NEVER;
      }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      try {
        if (Objects.requireNonNull(link).write(bytes, offset, length) != length) {
          throw new IllegalStateException("the port took only a part");
        }
      } catch (PortException lost) {
        throw new IllegalStateException(lost);
      }
    }

    @Override
    public void concluded(
        long transaction,
        UnitId unit,
        Request asked,
        Outcome outcome,
        long sentNanos,
        long nowNanos) {
      if (!(outcome instanceof Outcome.Answered)) {
        throw new IllegalStateException("a transaction ended as " + outcome);
      }
      answers++;
      long sinceStart = System.nanoTime() - startNanos;
      if (sinceStart >= lengthNanos && tookNanos == 0) {
        tookNanos = sinceStart;
        done.countDown();
      }
    }

    @Override
    public void stopped() {
      if (link != null) {
        link.close();
      }
    }
  }
}
