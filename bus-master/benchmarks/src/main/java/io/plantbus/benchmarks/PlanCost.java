package io.plantbus.benchmarks;

import io.plantbus.devices.profile.Point;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.poll.LeastCostPlanner;
import io.plantbus.master.poll.ReadableSpace;
import io.plantbus.master.poll.RequestCost;
import io.plantbus.protocols.modbus.DataTable;
import java.util.List;
import java.util.Locale;

/// The line time of plans beside the least there can be, found by trying every way to cut the
/// registers of a device into requests, and beside what simpler rules take.
final class PlanCost {
  private static final int DEVICES = 40;
  private static final int TAGS_OF_EACH = 16;
  private static final int FIXED_GAP = 10;
  private static final DataTable TABLE = DataTable.HOLDING_REGISTERS;

  private final LeastCostPlanner planner;
  private final List<DeviceSpec> devices;
  private final int most = RequestLimits.SPECIFICATION.maxReadRegisters();

  private PlanCost(LineSpec line) {
    this.planner = LeastCostPlanner.of(line);
    this.devices = ManyTags.clustered(DEVICES, TAGS_OF_EACH, 1);
  }

  /// Prints a table.
  static void print() {
    System.out.printf(
        "%nLine time of the plan of %d devices with %d registers each, of the least there can be:%n%n",
        DEVICES, TAGS_OF_EACH);
    System.out.println(
        "| Line | Plan | Gaps of up to " + FIXED_GAP + " bridged | A request for each register |");
    System.out.println("|---|---:|---:|---:|");
    for (int baud : new int[] {9_600, 19_200, 115_200}) {
      print(String.format(Locale.ROOT, "%,d baud", baud), new PlanCost(ManyTags.rtu(baud)));
    }
    print("TCP", new PlanCost(ManyTags.tcp(1)));
  }

  private static void print(String name, PlanCost line) {
    double least = 0;
    double planned = 0;
    double bridged = 0;
    double single = 0;
    for (DeviceSpec device : line.devices) {
      int[] registers = registers(device);
      least += line.least(registers, 0);
      planned += line.planned(device);
      bridged += line.bridged(registers);
      single += registers.length * line.read(1);
    }
    System.out.printf(
        Locale.ROOT,
        "| %s | %.3f | %.3f | %.3f |%n",
        name,
        planned / least,
        bridged / least,
        single / least);
  }

  private static int[] registers(DeviceSpec device) {
    return device.tags().stream().mapToInt(PlanCost::register).sorted().toArray();
  }

  private static int register(TagSpec tag) {
    return ((Point.Modbus) tag.resource().point()).range().start();
  }

  private double read(int count) {
    RequestCost cost = planner.cost();
    return cost.readNanos(TABLE, count);
  }

  private double planned(DeviceSpec device) {
    return planner.plan(device.tags(), ReadableSpace.of(RequestLimits.SPECIFICATION)).stream()
        .mapToDouble(one -> read(one.request().range().count()))
        .sum();
  }

  /// Of every request that may begin at a register, with the least for what is left behind it.
  private double least(int[] registers, int from) {
    if (from == registers.length) {
      return 0;
    }
    double least = Double.MAX_VALUE;
    for (int to = from; to < registers.length; to++) {
      int count = registers[to] - registers[from] + 1;
      if (count <= most) {
        least = Math.min(least, read(count) + least(registers, to + 1));
      }
    }
    return least;
  }

  private double bridged(int[] registers) {
    double sum = 0;
    int from = 0;
    for (int at = 1; at <= registers.length; at++) {
      boolean goesOn =
          at < registers.length
              && registers[at] - registers[at - 1] - 1 <= FIXED_GAP
              && registers[at] - registers[from] + 1 <= most;
      if (!goesOn) {
        sum += read(registers[at - 1] - registers[from] + 1);
        from = at;
      }
    }
    return sum;
  }
}
