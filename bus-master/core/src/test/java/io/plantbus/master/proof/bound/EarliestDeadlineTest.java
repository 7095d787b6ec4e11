package io.plantbus.master.proof.bound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.master.proof.bound.Interference.Arrivals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EarliestDeadlineTest {
  private record Task(int level, long period, long work, long phase) {}

  private static TaskGroup group(int level, long period, long... works) {
    TaskGroup group = new TaskGroup(level, period, works[0], works[0], works[0]);
    for (int i = 1; i < works.length; i++) {
      group = group.and(new TaskGroup(level, period, works[i], works[i], works[i]));
    }
    return group;
  }

  private static Map<TaskGroup, Long> waits(
      List<TaskGroup> groups, Interference above, long below) {
    Map<TaskGroup, Long> waits = new HashMap<>();
    for (Wait wait : EarliestDeadline.waits(groups, above, below)) {
      waits.put(wait.group(), wait.nanos());
    }
    return waits;
  }

  @Test
  void aTaskAloneDoesNotWait() {
    TaskGroup alone = group(0, 100, 10);
    assertEquals(Map.of(alone, 0L), waits(List.of(alone), Interference.NONE, 0));
  }

  @Test
  void tasksOfOnePeriodWaitForEachOther() {
    TaskGroup three = group(0, 100, 10, 20, 30);
    assertEquals(Map.of(three, 50L), waits(List.of(three), Interference.NONE, 0));
  }

  @Test
  void theHighestClassWaitsForOneOfTheLowerOnly() {
    TaskGroup high = group(0, 50, 5);
    TaskGroup low = group(1, 1000, 30, 40, 40);
    Map<TaskGroup, Long> waits = waits(List.of(high, low), Interference.NONE, 0);
    assertEquals(40, waits.get(high));
    // 5 at once, 80 of its own, 5 for the one that comes at 50
    assertEquals(90, waits.get(low));
  }

  @Test
  void whatIsDueLaterGoesAheadOnlyIfItBeganBefore() {
    TaskGroup soon = group(0, 50, 5);
    TaskGroup late = group(0, 1000, 40, 40);
    assertEquals(40, waits(List.of(soon, late), Interference.NONE, 0).get(soon));
  }

  @Test
  void aFullServerHasNoBound() {
    TaskGroup high = group(0, 100, 20);
    TaskGroup low = group(1, 100, 80);
    Map<TaskGroup, Long> waits = waits(List.of(high, low), Interference.NONE, 0);
    assertEquals(80, waits.get(high));
    assertEquals(Nanos.UNBOUNDED, waits.get(low));
  }

  @Test
  void theBucketGoesAhead() {
    TaskGroup alone = group(0, 1000, 10);
    Interference bucket = Interference.NONE.withBucket(100, 50_000);
    long wait = EarliestDeadline.waits(List.of(alone), bucket, 0).getFirst().nanos();
    assertTrue(wait >= 105 && wait <= 107, "waits " + wait);
  }

  @Test
  void greatNumbersStickInsteadOfOverflowing() {
    TaskGroup vast = group(0, Long.MAX_VALUE / 4, Long.MAX_VALUE / 8, Long.MAX_VALUE / 16);
    assertEquals(
        Nanos.UNBOUNDED, waits(List.of(vast), Interference.NONE, Long.MAX_VALUE).get(vast));
    assertEquals(Nanos.UNBOUNDED, Nanos.times(1L << 40, 1L << 40));
    assertEquals(Nanos.UNBOUNDED, Nanos.plus(Long.MAX_VALUE, 5));
  }

  @Test
  void tooManyCasesAreBoundedCoarselyAndThatIsSaid() {
    List<TaskGroup> groups = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      groups.add(group(0, 1_000_000 + 7 * i, 450));
    }
    for (Wait wait : EarliestDeadline.waits(groups, Interference.NONE, 0)) {
      assertEquals(false, wait.exact());
      assertTrue(wait.nanos() >= 1999 * 450L);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noScheduleIsWorseThanItsBound(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int plan = 0; plan < 150; plan++) {
      int count = random.nextInt(2, 8);
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long period = List.of(20L, 30L, 50L, 80L, 200L).get(random.nextInt(5));
        boolean together = random.nextInt(3) > 0;
        tasks.add(
            new Task(
                random.nextInt(3),
                period,
                random.nextInt(1, 12),
                together ? 0 : random.nextLong(period)));
      }
      long writeEvery = random.nextInt(3) == 0 ? 0 : random.nextInt(60, 300);
      check(tasks, writeEvery, random.nextInt(1, 9));
    }
  }

  private static void check(List<Task> tasks, long writeEvery, long writeWork) {
    Map<List<Long>, TaskGroup> groups = new HashMap<>();
    for (Task task : tasks) {
      groups.merge(
          List.of((long) task.level(), task.period()),
          group(task.level(), task.period(), task.work()),
          TaskGroup::and);
    }
    Interference above =
        writeEvery == 0
            ? Interference.NONE
            : new Interference(List.of(new Arrivals(1, writeEvery, writeWork)), 0, 0);
    Map<TaskGroup, Long> bounds = waits(List.copyOf(groups.values()), above, 0);
    long[] worst = simulated(tasks, writeEvery, writeWork);
    for (int i = 0; i < tasks.size(); i++) {
      Task task = tasks.get(i);
      TaskGroup group = groups.get(List.of((long) task.level(), task.period()));
      Long bound = bounds.get(group);
      assertTrue(
          bound != null && worst[i] <= bound,
          task + " waited " + worst[i] + " beyond " + bound + " among " + tasks);
    }
  }

  /// The longest wait of each task over three thousand ticks, turns that are over left out.
  private static long[] simulated(List<Task> tasks, long writeEvery, long writeWork) {
    long[] worst = new long[tasks.size()];
    long[] released = tasks.stream().mapToLong(Task::phase).toArray();
    long nextWrite = writeEvery == 0 ? Long.MAX_VALUE : 0;
    long now = 0;
    while (now < 3000) {
      if (nextWrite <= now) {
        nextWrite += writeEvery;
        now += writeWork;
        continue;
      }
      int first = -1;
      for (int i = 0; i < released.length; i++) {
        if (released[i] <= now && (first < 0 || isBefore(tasks, released, i, first))) {
          first = i;
        }
      }
      if (first < 0) {
        now++;
        continue;
      }
      Task task = tasks.get(first);
      worst[first] = Math.max(worst[first], now - released[first]);
      now += task.work();
      released[first] += task.period();
      while (released[first] <= now - task.period()) {
        released[first] += task.period();
      }
    }
    return worst;
  }

  private static boolean isBefore(List<Task> tasks, long[] released, int one, int other) {
    Task a = tasks.get(one);
    Task b = tasks.get(other);
    return a.level() != b.level()
        ? a.level() < b.level()
        : released[one] + a.period() < released[other] + b.period();
  }
}
