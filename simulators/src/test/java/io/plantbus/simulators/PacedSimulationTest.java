package io.plantbus.simulators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.Link;
import io.plantbus.hal.LinkState;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.ReceiveBuffer;
import io.plantbus.hal.SerialLine;
import io.plantbus.hal.SerialSettings;
import io.plantbus.simulators.serial.SimulatedRs485;
import io.plantbus.simulators.serial.WireBridge;
import io.plantbus.simulators.serial.WireListener;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The same simulation on a thread and the machine's clock.
class PacedSimulationTest {
  private static final long GENEROUS = 10;
  private static final SerialSettings SETTINGS = SerialSettings.of(115_200, "8E1");

  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
  private final PacedSimulation paced =
      new PacedSimulation(
          "test", Surroundings.realTime(NanoClock.system(), 1, Transcript.silent()), failures::add);

  @AfterEach
  void close() {
    paced.close();
  }

  private static Agent agent(LongUnaryOperator step, Runnable atEnd) {
    return new Agent() {
      @Override
      public String name() {
        return "agent";
      }

      @Override
      public long step(long nowNanos) {
        return step.applyAsLong(nowNanos);
      }

      @Override
      public void stopped() {
        atEnd.run();
      }
    };
  }

  @Test
  void nothingHappensBeforeItsTimeHasCome() throws InterruptedException {
    BlockingQueue<Long> steps = new LinkedBlockingQueue<>();
    long begin = paced.clock().nanoTime();
    paced.start(
        agent(
            now -> {
              steps.add(now);
              assertTrue(paced.clock().nanoTime() >= now);
              return steps.size() < 3 ? now + 5_000_000 : Agent.NEVER;
            },
            () -> {}));
    paced.begin();
    long first = poll(steps);
    assertTrue(first >= begin);
    assertEquals(first + 5_000_000, poll(steps));
    assertEquals(first + 10_000_000, poll(steps));
    assertTrue(paced.clock().nanoTime() >= first + 10_000_000);
    assertEquals(List.of(), List.copyOf(failures));
  }

  @Test
  void anotherThreadWakesAndStopsAnAgent() throws InterruptedException {
    BlockingQueue<Long> steps = new LinkedBlockingQueue<>();
    CountDownLatch ended = new CountDownLatch(1);
    AgentHandle handle =
        paced.start(
            agent(
                now -> {
                  steps.add(now);
                  return Agent.NEVER;
                },
                ended::countDown));
    paced.begin();
    long last = poll(steps);
    for (int i = 0; i < 100; i++) {
      handle.wake();
      long next = poll(steps);
      assertTrue(next >= last);
      last = next;
    }
    handle.stop();
    assertTrue(handle.awaitStopped(TimeUnit.SECONDS.toNanos(GENEROUS)));
    assertEquals(0, ended.getCount());
  }

  @Test
  void anAgentThatThrowsIsStoppedAndTheOthersGoOn() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(1);
    BlockingQueue<Long> steps = new LinkedBlockingQueue<>();
    paced.start(
        agent(
            _ -> {
              throw new IllegalArgumentException("broken");
            },
            ended::countDown));
    AgentHandle other =
        paced.start(
            agent(
                now -> {
                  steps.add(now);
                  return Agent.NEVER;
                },
                () -> {}));
    paced.begin();
    assertTrue(ended.await(GENEROUS, TimeUnit.SECONDS));
    poll(steps);
    other.wake();
    poll(steps);
    assertEquals(1, failures.size());
  }

  @Test
  void closingStopsEveryAgent() throws InterruptedException {
    CountDownLatch ended = new CountDownLatch(2);
    BlockingQueue<Long> steps = new LinkedBlockingQueue<>();
    for (int i = 0; i < 2; i++) {
      paced.start(
          agent(
              now -> {
                steps.add(now);
                return Agent.NEVER;
              },
              ended::countDown));
    }
    paced.begin();
    poll(steps);
    poll(steps);
    paced.close();
    assertEquals(0, ended.getCount());
  }

  @Test
  void bytesFromOutsideTakeTheirTimeOnThePairAndTheAnswerComesBack() throws InterruptedException {
    SimulatedRs485 pair = new SimulatedRs485(paced.simulation(), "pair");
    BlockingQueue<long[]> bursts = new LinkedBlockingQueue<>();
    pair.listen(
        new WireListener() {
          @Override
          public void burst(
              String station, long start, long end, byte[] bytes, int offset, int length) {
            bursts.add(new long[] {end - start, length});
          }
        });
    Outside outside = new Outside();
    paced.start(new WireBridge("bridge", () -> outside, pair.opener("port", SETTINGS)));
    paced.start(new Echo(pair));
    paced.begin();
    byte[] request = new byte[300];
    Arrays.fill(request, (byte) 7);
    outside.send(request);
    long[] first = bursts.poll(GENEROUS, TimeUnit.SECONDS);
    assertArrayEquals(new long[] {300 * SETTINGS.characterNanos(), 300}, first);
    int answered = 0;
    while (answered < 300) {
      answered += Objects.requireNonNull(outside.taken.poll(GENEROUS, TimeUnit.SECONDS)).length;
    }
    assertEquals(300, answered);
    assertEquals(List.of(), List.copyOf(failures));
  }

  private static long poll(BlockingQueue<Long> from) throws InterruptedException {
    Long next = from.poll(GENEROUS, TimeUnit.SECONDS);
    assertTrue(next != null, "nothing happened");
    return next;
  }

  /// Answers each silence with as many bytes as were heard before it.
  private static final class Echo implements Agent {
    private final SimulatedRs485 pair;
    private final byte[] bytes = new byte[512];
    private @Nullable SerialLine line;
    private @Nullable AgentHandle handle;
    private int heard;

    Echo(SimulatedRs485 pair) {
      this.pair = pair;
    }

    @Override
    public String name() {
      return "echo";
    }

    @Override
    public void started(AgentHandle newHandle) {
      handle = newHandle;
    }

    private SerialLine open() throws PortException {
      SerialLine opened = pair.opener("echo", SETTINGS).open();
      opened.onActivity(Objects.requireNonNull(handle)::wake);
      line = opened;
      return opened;
    }

    @Override
    public long step(long nowNanos) {
      try {
        SerialLine open = line == null ? open() : line;
        int count = open.read(bytes, 0, bytes.length);
        heard += count;
        long answerAt = open.arrivalNanos() + 2_000_000;
        if (count == 0 && heard > 0 && nowNanos >= answerAt) {
          open.write(bytes, 0, heard);
          heard = 0;
        }
        return heard > 0 ? answerAt : NEVER;
      } catch (PortException lost) {
        throw new IllegalStateException(lost);
      }
    }

    @Override
    public void stopped() {
      if (line != null) {
        line.close();
      }
    }
  }

  /// The link to a program outside, which the test plays.
  private static final class Outside implements Link {
    final BlockingQueue<byte[]> taken = new LinkedBlockingQueue<>();
    private final ReceiveBuffer incoming = new ReceiveBuffer(4_096);
    private volatile Runnable callback = () -> {};

    void send(byte[] bytes) {
      incoming.accept(bytes, 0, bytes.length, NanoClock.system().nanoTime());
      callback.run();
    }

    @Override
    public String name() {
      return "outside";
    }

    @Override
    public LinkState state() {
      return LinkState.OPEN;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return incoming.read(into, offset, length);
    }

    @Override
    public long arrivalNanos() {
      return incoming.arrivalNanos();
    }

    @Override
    public int write(byte[] from, int offset, int length) {
      taken.add(Arrays.copyOfRange(from, offset, offset + length));
      return length;
    }

    @Override
    public void discardInput() {
      incoming.discard();
    }

    @Override
    public long overruns() {
      return incoming.overruns();
    }

    @Override
    public void onActivity(Runnable newCallback) {
      callback = newCallback;
    }

    @Override
    public void close() {}
  }
}
