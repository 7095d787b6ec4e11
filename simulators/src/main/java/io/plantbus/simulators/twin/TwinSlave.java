package io.plantbus.simulators.twin;

import io.plantbus.devices.slave.BankLayout;
import io.plantbus.devices.slave.BankLayout.RawTable;
import io.plantbus.devices.slave.BankSlave;
import io.plantbus.devices.slave.RegisterBank;
import io.plantbus.devices.slave.SlaveBehaviour;
import io.plantbus.devices.slave.SlaveDevice;
import io.plantbus.devices.slave.SlaveServices;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A slave that plays a recording: at each time its registers hold what was read then, it refuses
/// what was refused then, and is silent when the original was. What a master writes holds until the
/// recording changes it.
public final class TwinSlave implements SlaveDevice {
  private final TwinRecording recording;
  private final boolean loop;
  private final TwinClock clock;
  private final BankSlave slave;
  private final Map<RequestKey, ExceptionCode> refused = new HashMap<>();
  private boolean silent;
  private long lap;
  private int next;

  /// @param loop whether it begins anew at its end; else the last values stay
  /// @param clock of the bench
  /// @param services what it answers besides its tables
  public TwinSlave(TwinRecording recording, boolean loop, TwinClock clock, SlaveServices services) {
    this.recording = recording;
    this.loop = loop;
    this.clock = clock;
    this.slave = new BankSlave(BankLayout.of(recording.tables()), new Playback(), services);
  }

  /// Its tables, with their guard.
  public BankSlave bank() {
    return slave;
  }

  @Override
  public @Nullable Response execute(Request request, long nowNanos) {
    synchronized (slave) {
      Response response = slave.execute(request, nowNanos);
      return silent ? null : response;
    }
  }

  private final class Playback implements SlaveBehaviour {
    @Override
    public void refresh(RegisterBank bank, long nowNanos) {
      long elapsed = clock.elapsed(nowNanos);
      if (loop) {
        long current = elapsed / recording.lengthNanos();
        elapsed %= recording.lengthNanos();
        if (current != lap) {
          lap = current;
          rewind(bank);
        }
      }
      List<TwinStep> steps = recording.steps();
      while (next < steps.size() && steps.get(next).atNanos() <= elapsed) {
        play(bank, steps.get(next++));
      }
    }

    private void rewind(RegisterBank bank) {
      next = 0;
      silent = false;
      refused.clear();
      for (RawTable table : recording.tables()) {
        set(bank, table.table(), table.range().start(), table.initial());
      }
    }

    private void play(RegisterBank bank, TwinStep step) {
      switch (step) {
        case TwinStep.Change(_, DataTable table, int start, List<Integer> values) ->
            set(bank, table, start, values);
        case TwinStep.Refuse(_, RequestKey request, ExceptionCode code) -> {
          if (code == null) {
            refused.remove(request);
          } else {
            refused.put(request, code);
          }
        }
        case TwinStep.Silence(_, boolean falls) -> silent = falls;
      }
    }

    private static void set(RegisterBank bank, DataTable table, int start, List<Integer> values) {
      for (int i = 0; i < values.size(); i++) {
        if (table.isBits()) {
          bank.setBit(table, start + i, values.get(i) != 0);
        } else {
          bank.setRegister(table, start + i, values.get(i));
        }
      }
    }

    @Override
    public @Nullable ExceptionCode refusal(RegisterBank bank, Request request, long nowNanos) {
      return refused.get(RequestKey.of(request));
    }
  }
}
