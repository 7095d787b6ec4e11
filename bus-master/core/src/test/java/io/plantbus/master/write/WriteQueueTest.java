package io.plantbus.master.write;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plantbus.master.plant.TagSpec.Priority;
import io.plantbus.protocols.modbus.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
  private static final WriteListener NOBODY = (_, _) -> {};

  private final WriteQueue queue = new WriteQueue("line");
  private long ids;

  private PendingWrite offer(String tag, Priority priority) {
    return offer(tag, priority, NOBODY);
  }

  private PendingWrite offer(String tag, Priority priority, WriteListener listener) {
    PendingWrite write =
        PendingWrites.of(
            ++ids, tag, new Request.WriteSingleRegister((int) ids, 7), priority, listener);
    queue.offer(write);
    return write;
  }

  private @Nullable PendingWrite take(Priority least) {
    return queue.take(_ -> true, least);
  }

  @Test
  void noClassBelowTheLeastIsTaken() {
    PendingWrite background = offer("a", Priority.BACKGROUND);
    PendingWrite normal = offer("b", Priority.NORMAL);
    assertEquals(Priority.NORMAL, queue.peekClass());
    assertNull(take(Priority.CONTROL));
    assertEquals(normal, take(Priority.NORMAL));
    assertNull(take(Priority.NORMAL));
    assertEquals(Priority.BACKGROUND, queue.peekClass());
    assertEquals(background, take(Priority.BACKGROUND));
    assertNull(queue.peekClass());
  }

  @Test
  void aWriteCannotBeSentBeforeItWasToldThatItWaits() {
    List<@Nullable PendingWrite> taken = new ArrayList<>();
    offer("a", Priority.NORMAL, (_, _) -> taken.add(take(Priority.BACKGROUND)));
    assertEquals(1, taken.size());
    assertNull(taken.getFirst());
    assertNotNull(take(Priority.BACKGROUND));
  }

  @Test
  void writesThatABusyDeviceGaveBackKeepTheirOrderWhicheverCameBackFirst() {
    PendingWrite one = offer("a", Priority.NORMAL);
    PendingWrite two = offer("b", Priority.NORMAL);
    offer("c", Priority.NORMAL);
    take(Priority.NORMAL);
    take(Priority.NORMAL);
    queue.putBack(one);
    queue.putBack(two);
    assertEquals(one, take(Priority.NORMAL));
    assertEquals(two, take(Priority.NORMAL));
    assertEquals(1, queue.size());
  }

  @Test
  void aClosedQueueRejectsWhatWaitsWhatComesAndWhatComesBack() {
    List<String> ends = new ArrayList<>();
    WriteListener listener =
        (write, step) -> {
          if (step.isLast()) {
            ends.add(write.id() + " " + step.state() + " " + step.reason());
          }
        };
    PendingWrite sent = offer("a", Priority.NORMAL, listener);
    take(Priority.NORMAL);
    offer("b", Priority.NORMAL, listener);
    queue.close("over");
    offer("c", Priority.NORMAL, listener);
    queue.putBack(sent);
    assertEquals(List.of("2 REJECTED over", "3 REJECTED over", "1 REJECTED over"), ends);
  }
}
