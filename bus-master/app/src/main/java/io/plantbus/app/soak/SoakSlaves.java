package io.plantbus.app.soak;

import io.plantbus.app.soak.SoakPlant.Unit;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SlaveBehaviour;
import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.SlaveUnit;
import io.plantbus.devices.slave.SlaveUnits;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.simulators.Surroundings;
import io.plantbus.simulators.fault.LineFaults;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/// The slaves of a case: they hold the [Truth], take writes, now and then refuse one, and tell what
/// they executed.
public final class SoakSlaves {
  private static final long ILL_TEMPERED_NANOS = 20_000_000_000L;

  /// Told of every write that reached a slave.
  public interface Listener {
    /// A write was executed.
    ///
    /// @param address of its first register
    /// @param value of one register, or of two, the higher first
    void executed(Unit unit, int address, int value, long nowNanos);

    /// A write was refused.
    void refused(Unit unit, Request request, ExceptionCode code, long nowNanos);

    /// The slave's server answered by itself, as it does to a request that a collision turned into
    /// another frame with a right checksum.
    void answeredByServer(Unit unit, long nowNanos);
  }

  private SoakSlaves() {}

  /// The slaves of one line, behind its faults.
  static SlaveUnits of(
      List<Unit> units,
      LineFaults faults,
      Surroundings surroundings,
      boolean mayRefuse,
      Listener listener) {
    Map<UnitId, SlaveUnit> served = new HashMap<>();
    for (Unit unit : units) {
      RegisterBank bank =
          new RegisterBank(
              Map.of(
                  DataTable.INPUT_REGISTERS,
                  List.of(new AddressRange(unit.base(), 5)),
                  DataTable.HOLDING_REGISTERS,
                  List.of(new AddressRange(SoakPlant.OUTPUT_ADDRESS, 3))));
      Behaviour behaviour =
          new Behaviour(
              unit, mayRefuse ? surroundings.random("refusals/" + unit.number()) : null, listener);
      served.put(
          UnitId.of(unit.unit()),
          new SlaveUnit(
              faults.plug(unit.name(), new Told(unit, new BankSlave(bank, behaviour), listener)),
              unit.turnaroundNanos()));
    }
    return SlaveUnits.of(served);
  }

  private record Told(Unit unit, BankSlave slave, Listener listener) implements SlaveDevice {
    @Override
    public Response execute(Request request, long nowNanos) {
      return slave.execute(request, nowNanos);
    }

    @Override
    public @Nullable Response answering(Response response, long nowNanos) {
      listener.answeredByServer(unit, nowNanos);
      return slave.answering(response, nowNanos);
    }
  }

  private static final class Behaviour implements SlaveBehaviour {
    private static final List<ExceptionCode> MOODS =
        List.of(
            ExceptionCode.SERVER_DEVICE_BUSY,
            ExceptionCode.SERVER_DEVICE_FAILURE,
            ExceptionCode.ILLEGAL_DATA_VALUE);

    private final Unit unit;
    private final @Nullable SplittableRandom random;
    private final Listener listener;
    private long moodUntilNanos;
    private @Nullable ExceptionCode mood;

    Behaviour(Unit unit, @Nullable SplittableRandom random, Listener listener) {
      this.unit = unit;
      this.random = random;
      this.listener = listener;
    }

    @Override
    public void refresh(RegisterBank bank, long nowNanos) {
      for (int address = unit.base(); address < unit.base() + 5; address++) {
        bank.setRegister(
            DataTable.INPUT_REGISTERS, address, Truth.register(unit.unit(), address, nowNanos));
      }
    }

    @Override
    public @Nullable ExceptionCode refusal(RegisterBank bank, Request request, long nowNanos) {
      if (request.isReadOnly() || random == null) {
        return null;
      }
      if (nowNanos >= moodUntilNanos) {
        mood = random.nextInt(4) == 0 ? MOODS.get(random.nextInt(MOODS.size())) : null;
        moodUntilNanos = nowNanos + random.nextLong(ILL_TEMPERED_NANOS);
      }
      if (mood != null) {
        listener.refused(unit, request, mood, nowNanos);
      }
      return mood;
    }

    @Override
    public void written(RegisterBank bank, DataTable table, AddressRange range, long nowNanos) {
      int value = 0;
      for (int i = 0; i < range.count(); i++) {
        value = value << 16 | bank.register(table, range.start() + i);
      }
      listener.executed(unit, range.start(), value, nowNanos);
    }
  }
}
