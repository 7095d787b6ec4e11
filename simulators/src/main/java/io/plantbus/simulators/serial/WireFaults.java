package io.plantbus.simulators.serial;

import io.plantbus.hal.Agent;
import io.plantbus.hal.AgentHandle;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.SerialSettings.Parity;
import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.simulators.BusSimulation;
import io.plantbus.simulators.fault.Fault;
import io.plantbus.simulators.fault.FaultKind;
import io.plantbus.simulators.fault.FaultPlan;
import io.plantbus.simulators.fault.PairFaults;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The faults of a plan that are of the wire itself: noise, a floating pair, drivers that nobody
/// asked. Nothing is done while there are none. Belongs to the thread of the simulation; the plan
/// may be changed on any.
public final class WireFaults implements Agent, WireListener, PairFaults {
  private static final long SECOND = 1_000_000_000;
  private static final int MOST_NOISE_BYTES = 8;
  private static final int MOST_FLOATING_BYTES = 3;
  private static final int BABBLED_BYTES = 32;

  private final BusSimulation simulation;
  private final SimulatedRs485 pair;
  private final String slaves;
  private final SerialSettings settings;
  private final SerialFraming framing;
  private final Map<Integer, String> units;
  private final FaultPlan plan;
  private final SplittableRandom random;
  private final List<Source> sources = new ArrayList<>();
  private @Nullable AgentHandle handle;
  private volatile boolean isChanged = true;
  private long sourcesMade;

  /// @param pair whose name is that of the line
  /// @param slaves the station that the units share
  /// @param settings of those who use the pair rightly
  /// @param framing of what another master says
  /// @param units names by unit id
  public WireFaults(
      BusSimulation simulation,
      SimulatedRs485 pair,
      String slaves,
      SerialSettings settings,
      SerialFraming framing,
      Map<Integer, String> units,
      FaultPlan plan) {
    this.simulation = simulation;
    this.pair = pair;
    this.slaves = slaves;
    this.settings = settings;
    this.framing = framing;
    this.units = new TreeMap<>(units);
    this.plan = plan;
    this.random = simulation.random("wire/" + pair.name());
    pair.listen(this);
    plan.onChange(this::planChanged);
  }

  @Override
  public String name() {
    return "wire of " + pair.name();
  }

  @Override
  public void started(AgentHandle newHandle) {
    handle = newHandle;
  }

  private void planChanged() {
    isChanged = true;
    AgentHandle agent = handle;
    if (agent != null) {
      agent.wake();
    }
  }

  @Override
  public long step(long nowNanos) {
    if (isChanged) {
      isChanged = false;
      match(nowNanos);
    }
    long next = NEVER;
    for (Source source : sources) {
      while (source.nextNanos <= nowNanos) {
        source.act(nowNanos);
      }
      next = Math.min(next, source.nextNanos);
    }
    return next;
  }

  @Override
  public void stopped() {
    sources.clear();
  }

  /// Keeps the sources of faults that are still planned, and begins those of new ones.
  private void match(long nowNanos) {
    List<Source> before = new ArrayList<>(sources);
    sources.clear();
    for (Fault fault : plan.faults()) {
      Source kept = null;
      for (Source source : before) {
        kept = kept == null && source.fault.equals(fault) ? source : kept;
      }
      if (kept != null) {
        before.remove(kept);
        sources.add(kept);
      } else if (isMine(fault)) {
        sources.add(new Source(fault, nowNanos));
      }
    }
  }

  private boolean isMine(Fault fault) {
    return switch (fault.kind()) {
      case NOISE, BABBLE, SECOND_MASTER ->
          fault.target().equals(pair.name()) || units.containsValue(fault.target());
      case DROP,
          FLIP,
          MUTE,
          LATE,
          CUT,
          TWICE,
          GARBAGE,
          STUCK,
          ARBITRATION,
          NO_BIAS,
          DUPLICATE,
          WRONG_BAUD,
          WRONG_PARITY,
          RESET,
          HALF_OPEN,
          BLACK_HOLE,
          SLOW_READER,
          REFUSE,
          SPLIT ->
          false;
    };
  }

  /// One fault and when it does something next.
  private final class Source {
    final Fault fault;
    private final SplittableRandom chance;
    private final long fromNanos;
    private final long untilNanos;
    private long babblesUntil;
    private int turn;
    long nextNanos;

    Source(Fault fault, long nowNanos) {
      this.fault = fault;
      this.chance = simulation.random("wire/" + pair.name() + "/" + sourcesMade++);
      this.fromNanos = plan.startNanos() + fault.fromNanos();
      this.untilNanos =
          fault.untilNanos() == Long.MAX_VALUE
              ? Long.MAX_VALUE
              : plan.startNanos() + fault.untilNanos();
      long first = Math.max(fromNanos, nowNanos);
      next(fault.kind() == FaultKind.NOISE ? first + pause() : first);
    }

    private void next(long nanos) {
      nextNanos = nanos < untilNanos ? nanos : NEVER;
    }

    /// Events that know nothing of each other.
    private long pause() {
      return 1 + Math.round(-Math.log1p(-chance.nextDouble()) / fault.rate() * SECOND);
    }

    void act(long nowNanos) {
      switch (fault.kind()) {
        case NOISE -> {
          plan.struck(fault, nowNanos);
          disturb("noise", noise(chance, MOST_NOISE_BYTES), false);
          next(nowNanos + pause());
        }
        case BABBLE -> babble(nowNanos);
        case SECOND_MASTER -> {
          plan.struck(fault, nowNanos);
          disturb("second-master", request(), true);
          next(nowNanos + Math.max(1, Math.round(SECOND / fault.rate())));
        }
        case DROP,
            FLIP,
            MUTE,
            LATE,
            CUT,
            TWICE,
            GARBAGE,
            STUCK,
            ARBITRATION,
            NO_BIAS,
            DUPLICATE,
            WRONG_BAUD,
            WRONG_PARITY,
            RESET,
            HALF_OPEN,
            BLACK_HOLE,
            SLOW_READER,
            REFUSE,
            SPLIT ->
            nextNanos = NEVER;
      }
    }

    private void babble(long nowNanos) {
      if (nowNanos >= babblesUntil) {
        boolean isOn = fault.rate() >= 1 || chance.nextDouble() < fault.rate();
        if (!isOn) {
          next(nowNanos + SECOND);
          return;
        }
        babblesUntil = nowNanos + SECOND;
        plan.struck(fault, nowNanos);
      }
      byte[] bytes = new byte[BABBLED_BYTES];
      chance.nextBytes(bytes);
      disturb("babble/" + fault.target(), bytes, true);
      next(nowNanos + BABBLED_BYTES * settings.characterNanos());
    }

    /// A read of one register, of the target or of each unit in turn.
    private byte[] request() {
      List<Integer> asked = new ArrayList<>();
      units.forEach(
          (id, name) -> {
            if (name.equals(fault.target()) || fault.target().equals(pair.name())) {
              asked.add(id);
            }
          });
      byte[] frame = new byte[AsciiFrame.MAX_CHARACTERS];
      frame[0] = asked.isEmpty() ? 1 : asked.get(turn++ % asked.size()).byteValue();
      frame[1] = 3;
      frame[5] = 1;
      int length =
          switch (framing) {
            case RTU -> Crc16.append(frame, 0, 6);
            case ASCII -> AsciiFrame.seal(frame, 6, AsciiFrame.LINE_FEED);
          };
      return Arrays.copyOf(frame, length);
    }
  }

  private void disturb(String what, byte[] bytes, boolean isDriver) {
    pair.disturb(FAULT + what, settings, bytes, isDriver);
  }

  private static byte[] noise(SplittableRandom chance, int most) {
    byte[] bytes = new byte[1 + chance.nextInt(most)];
    chance.nextBytes(bytes);
    return bytes;
  }

  /// A driver let go: without bias the pair floats.
  @Override
  public void burst(
      String station, long startNanos, long endNanos, byte[] bytes, int offset, int length) {
    if (station.equals(FAULT + "noise") || station.equals(FAULT + "no-bias")) {
      return;
    }
    long now = pair.nowNanos();
    if (plan.strike(FaultKind.NO_BIAS, now, pair.name()) != null) {
      byte[] floating = noise(random, MOST_FLOATING_BYTES);
      long at = now + random.nextLong(2 * settings.characterNanos());
      simulation.at(
          at,
          () -> {
            if (!pair.isDriven()) {
              disturb("no-bias", floating, false);
            }
          });
    }
  }

  /// The unit itself does not hear it: it would take the answer for a request to itself, refuse it,
  /// and both would talk for ever.
  @Override
  public void answerToo(String unit, byte[] answer, long atNanos) {
    simulation.at(
        atNanos, () -> pair.disturbAllBut(slaves, FAULT + "duplicate/" + unit, settings, answer));
  }

  @Override
  public byte[] misheard(FaultKind kind, byte[] sent) {
    SerialSettings wrong =
        kind == FaultKind.WRONG_PARITY
            ? with(settings.baud(), settings.parity() == Parity.EVEN ? Parity.ODD : Parity.EVEN)
            : with(settings.baud() / 2, settings.parity());
    byte[] heard = new byte[4 * sent.length];
    byte[] one = new byte[4];
    int count = 0;
    for (byte value : sent) {
      int characters = new CharacterFrame(wrong, value & 0xFF).sample(settings, one);
      System.arraycopy(one, 0, heard, count, characters);
      count += characters;
    }
    return Arrays.copyOf(heard, count);
  }

  private SerialSettings with(int baud, Parity parity) {
    return new SerialSettings(
        Math.max(50, baud), settings.dataBits(), parity, settings.stopBits(), settings.direction());
  }
}
