package io.plantbus.benchmarks;

import com.sun.management.ThreadMXBean;
import io.plantbus.hal.LinkOpener;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.modbus.ModbusLineAgent;
import io.plantbus.master.observe.Observations;
import io.plantbus.master.plant.DeviceSpec;
import io.plantbus.master.plant.LineSpec;
import io.plantbus.master.plant.Plant;
import io.plantbus.master.poll.LeastCostPlanner;
import io.plantbus.master.poll.ReadableSpace;
import io.plantbus.master.proof.PlanProof;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.UnitId;
import io.plantbus.protocols.modbus.session.ClientEffects;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.TcpClientSession;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What planning, proving and scheduling cost, in one thread.
///
/// ```
/// java -cp 'bus-master/benchmarks/target/lib/*' io.plantbus.benchmarks.Schedule [rounds]
/// ```
///
/// The scheduler's own cost is what a transaction of a line with 1,024 polls of 32 devices takes
/// beyond one of its bare session, both over a link in memory that answers at once.
public final class Schedule {
  private static final int DEVICES = 32;
  private static final int TAGS_OF_EACH = 32;
  private static final int WINDOW = 4;
  private static final int TRANSACTIONS = 400_000;
  private static final long PERIOD_NANOS = 1_000_000;
  private static final long STEP_NANOS = 4_000;

  record Cost(double nanos, double bytes) {}

  private Schedule() {}

  /// Prints a table.
  ///
  /// @param args how many rounds, 7 unless given
  public static void main(String[] args) throws Exception {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 7;
    System.out.printf(
        "%s %s, %d processors, medians of %d rounds%n%n",
        System.getProperty("java.vm.name"),
        Runtime.version(),
        Runtime.getRuntime().availableProcessors(),
        rounds);
    System.out.println("| Tags | Requests | Plan | Proof of the plan |");
    System.out.println("|---:|---:|---:|---:|");
    for (int tags : new int[] {1_000, 10_000, 100_000}) {
      plan(tags, rounds);
    }
    PlanCost.print();
    List<Cost> bare = new ArrayList<>();
    List<Cost> line = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      bare.add(new BareSession().run());
      line.add(scheduled(TRANSACTIONS));
    }
    System.out.println();
    System.out.println("| One transaction | ns | bytes allocated |");
    System.out.println("|---|---:|---:|");
    print("bare session", bare);
    print("line with schedule, health, accounts, tap and image", line);
    System.out.printf(
        "%nThe schedule and all that goes with it: %.0f ns a transaction%n",
        median(line) - median(bare));
  }

  private static void print(String name, List<Cost> costs) {
    double[] bytes = costs.stream().mapToDouble(Cost::bytes).sorted().toArray();
    System.out.printf("| %s | %.0f | %.0f |%n", name, median(costs), bytes[bytes.length / 2]);
  }

  private static double median(List<Cost> costs) {
    double[] nanos = costs.stream().mapToDouble(Cost::nanos).sorted().toArray();
    return nanos[nanos.length / 2];
  }

  private static void plan(int tags, int rounds) {
    int devices = Math.min(200, tags / 100);
    List<DeviceSpec> specs = ManyTags.irregular(devices, tags / devices, 1);
    LineSpec line = ManyTags.rtu(19_200);
    LeastCostPlanner planner = LeastCostPlanner.of(line, 3_000_000);
    Plant plant = new Plant("bench", List.of(line), specs, List.of());
    double[] planning = new double[rounds];
    double[] proving = new double[rounds];
    int requests = 0;
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      requests = 0;
      for (DeviceSpec spec : specs) {
        requests += planner.plan(spec.tags(), ReadableSpace.of(spec.profile().limits())).size();
      }
      planning[i] = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      PlanProof.of(plant, Observations.NONE);
      proving[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(planning);
    Arrays.sort(proving);
    System.out.printf(
        "| %,d | %,d | %.1f ms | %.1f ms |%n",
        tags, requests, planning[rounds / 2], proving[rounds / 2]);
  }

  static Cost scheduled(int transactions) {
    AnsweringLink link = new AnsweringLink();
    LinkOpener opener = () -> link;
    LineSpec line = ManyTags.tcp(WINDOW);
    List<DeviceSpec> devices = ManyTags.scattered(DEVICES, TAGS_OF_EACH, PERIOD_NANOS);
    LiveImage image =
        new LiveImage(devices.stream().flatMap(device -> device.tags().stream()).toList());
    ModbusLineAgent agent =
        new ModbusLineAgent(line, devices, opener, image, Observations.NONE, NanoClock.system());
    long now = 1;
    while (agent.report().transactions() < transactions / 4) {
      link.at(now);
      agent.step(now);
      now += STEP_NANOS;
    }
    long before = agent.report().transactions();
    long bytes = allocatedBytes();
    long start = System.nanoTime();
    while (agent.report().transactions() - before < transactions) {
      link.at(now);
      agent.step(now);
      now += STEP_NANOS;
    }
    double done = agent.report().transactions() - before;
    Cost cost = new Cost((System.nanoTime() - start) / done, (allocatedBytes() - bytes) / done);
    agent.stopped();
    return cost;
  }

  /// A session that is offered the next request as soon as it takes one.
  private static final class BareSession implements ClientEffects {
    private final AnsweringLink link = new AnsweringLink();
    private final TcpClientSession session = new TcpClientSession(WINDOW, this);
    private final Request request =
        new Request.Read(DataTable.HOLDING_REGISTERS, new AddressRange(0, 1));
    private final byte[] buffer = new byte[1024];
    private long done;
    private long now = 1;

    Cost run() {
      run(TRANSACTIONS / 4);
      long bytes = allocatedBytes();
      long start = System.nanoTime();
      run(TRANSACTIONS);
      return new Cost(
          (System.nanoTime() - start) / (double) TRANSACTIONS,
          (allocatedBytes() - bytes) / (double) TRANSACTIONS);
    }

    private void run(long transactions) {
      long until = done + transactions;
      while (done < until) {
        int length = link.read(buffer, 0, buffer.length);
        session.receive(buffer, 0, length, now);
        session.advance(now);
        while (session.canOffer(now)) {
          session.offer(UnitId.of(1), request, PERIOD_NANOS, now);
        }
        now += STEP_NANOS;
      }
    }

    @Override
    public void send(byte[] bytes, int offset, int length) {
      link.write(bytes, offset, length);
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
      done++;
    }
  }

  private static long allocatedBytes() {
    return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
  }
}
