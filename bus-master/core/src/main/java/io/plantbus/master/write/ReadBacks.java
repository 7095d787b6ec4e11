package io.plantbus.master.write;

import io.plantbus.devices.TagCodec;
import io.plantbus.devices.TagEncoding;
import io.plantbus.devices.TagValue;
import io.plantbus.devices.profile.Point;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The writes of a line that were sent and have not ended. Of those that the device acknowledged,
/// and of those without an answer, it compares the first value that was asked for after the write
/// with what was written. Owned by the thread of the line.
///
/// A write waits for its value 60 s at most, and not longer than until another one to the same
/// place is sent, since nothing can be told of it then; it keeps the state it has.
public final class ReadBacks {
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final int CAPACITY = 256;
  private static final double TOLERANCE = 1e-9;

  /// A write that was sent.
  private static final class Sent {
    final PendingWrite write;
    @Nullable WriteOutcome answer;
    @Nullable ReadBack other;
    long afterTransaction;
    long untilNanos;

    Sent(PendingWrite write) {
      this.write = write;
    }

    /// Ends it without a value that settles it.
    void end(String why) {
      if (answer == null) {
        return;
      }
      if (other == null) {
        write.end(answer.state(), null, why);
      } else {
        write.end(
            WriteState.DIVERGED, other, "the device accepted it, and still holds another one");
      }
    }
  }

  private final List<Sent> sent = new ArrayList<>();
  private @Nullable String closed;

  ReadBacks() {}

  /// Whether no write to the same place is on the wire.
  boolean mayFollow(PendingWrite write) {
    for (int i = 0; i < sent.size(); i++) {
      Sent each = sent.get(i);
      if (each.answer == null && samePlace(each.write, write)) {
        return false;
      }
    }
    return true;
  }

  private static boolean samePlace(PendingWrite one, PendingWrite other) {
    WrittenField field = one.field();
    WrittenField otherField = other.field();
    return one.device().equals(other.device())
        && ((field == null || otherField == null)
            ? one.tag().name().equals(other.tag().name())
            : field.overlaps(otherField));
  }

  /// A write goes out now.
  public void sent(PendingWrite write) {
    for (Iterator<Sent> each = sent.iterator(); each.hasNext(); ) {
      Sent earlier = each.next();
      if (earlier.answer != null && samePlace(earlier.write, write)) {
        each.remove();
        earlier.end("write " + write.id() + " to the same place went out before it was read back");
      }
    }
    sent.add(new Sent(write));
    write.sent();
  }

  /// A write that was sent is not to be read back: the device refused it or was busy.
  public void forget(PendingWrite write) {
    sent.removeIf(each -> each.write == write);
  }

  /// Tells the answer to a write and waits for its value to be read.
  ///
  /// @param answer an acknowledgement, or that there was none
  /// @param lastTransaction the newest transaction offered so far: what later ones read counts
  public void await(PendingWrite write, WriteOutcome answer, long lastTransaction, long nowNanos) {
    Sent entry = null;
    for (int i = 0; i < sent.size() && entry == null; i++) {
      entry = sent.get(i).write == write ? sent.get(i) : null;
    }
    if (entry == null || closed != null) {
      forget(write);
      write.settle(answer);
      return;
    }
    entry.answer = answer;
    entry.afterTransaction = lastTransaction;
    entry.untilNanos = nowNanos + LONGEST_NANOS;
    write.answered(answer);
    if (sent.size() > CAPACITY) {
      Sent oldest = sent.get(0).answer == null ? entry : sent.get(0);
      sent.remove(oldest);
      oldest.end("more than " + CAPACITY + " writes wait to be read back");
    }
  }

  /// A Modbus device answered a read.
  ///
  /// @param transaction its number
  public void read(
      String device, long transaction, Request.Read request, Response response, long nowNanos) {
    for (int i = sent.size() - 1; i >= 0; i--) {
      Sent each = sent.get(i);
      WrittenField field = each.write.field();
      if (each.answer == null
          || field == null
          || transaction <= each.afterTransaction
          || !each.write.device().equals(device)) {
        continue;
      }
      WrittenField.Match match = field.match(request, response);
      if (match != WrittenField.Match.APART) {
        ReadBack found =
            new ReadBack(value(each.write, request, response), field.raw(request, response));
        compared(each, found, match == WrittenField.Match.SAME);
      }
    }
  }

  private static @Nullable TagValue value(
      PendingWrite write, Request.Read request, Response response) {
    if (!(write.tag().resource().point() instanceof Point.Modbus point)
        || !request.range().contains(point.range())) {
      return null;
    }
    int offset = point.range().start() - request.range().start();
    return switch (response) {
      case Response.Registers(var block) ->
          TagCodec.decode(point.encoding(), block, offset).value();
      case Response.Bits(var block) -> TagCodec.decode(block, offset).value();
      case Response.Written _, Response.Refusal _, Response.Service _ -> null;
    };
  }

  /// An I2C device was polled after the write.
  ///
  /// @param tag the name of one of its tags
  /// @param value what it holds
  public void polled(String tag, TagValue value) {
    for (int i = sent.size() - 1; i >= 0; i--) {
      Sent each = sent.get(i);
      if (each.answer != null && each.write.tag().name().equals(tag)) {
        Point point = each.write.tag().resource().point();
        TagValue written = each.write.value();
        compared(each, new ReadBack(value, raw(point, value)), same(point, written, value));
      }
    }
  }

  /// The bits of a value of an I2C device; empty where only its driver knows.
  static String raw(Point point, TagValue value) {
    return point instanceof Point.I2cRegister register
            && TagCodec.encode(register.encoding(), value)
                instanceof TagEncoding.Registers(var block)
        ? "0x" + block.toString().replace("[", "").replace("]", "")
        : "";
  }

  private static boolean same(Point point, TagValue written, TagValue read) {
    if (point instanceof Point.I2cRegister register) {
      return TagCodec.encode(register.encoding(), written)
          .equals(TagCodec.encode(register.encoding(), read));
    }
    double one = written.asDouble();
    double other = read.asDouble();
    return written.equals(read)
        || Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }

  /// A device that accepted a write for later may well hold the former value for a while.
  private void compared(Sent entry, ReadBack found, boolean same) {
    boolean changed = !found.equals(entry.other);
    entry.other = same ? null : found;
    if (changed) {
      entry.write.readBack(found);
    }
    if (same) {
      sent.remove(entry);
      entry.write.end(WriteState.CONFIRMED, found, "");
    } else if (!(entry.answer instanceof WriteOutcome.Accepted)) {
      sent.remove(entry);
      entry.write.end(WriteState.DIVERGED, found, "the device holds another value");
    }
  }

  /// Ends the waits that last too long.
  ///
  /// @return when the next one does, or `Long.MAX_VALUE`
  long expire(long nowNanos) {
    long next = Long.MAX_VALUE;
    for (int i = sent.size() - 1; i >= 0; i--) {
      Sent each = sent.get(i);
      if (each.answer != null && nowNanos > each.untilNanos) {
        sent.remove(i);
        each.end("not read back within " + LONGEST_NANOS / 1_000_000_000 + " s");
      } else if (each.answer != null) {
        next = Math.min(next, each.untilNanos + 1);
      }
    }
    return next;
  }

  /// Ends all waits; there are none any more.
  void close(String why) {
    closed = why;
    for (int i = sent.size() - 1; i >= 0; i--) {
      if (sent.get(i).answer != null) {
        sent.remove(i).end(why);
      }
    }
  }
}
