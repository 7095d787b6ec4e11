package io.plantbus.master.modbus;

import io.plantbus.devices.Quality;
import io.plantbus.master.image.LiveImage;
import io.plantbus.master.line.BackOff;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.master.poll.PlannedRead;
import io.plantbus.master.poll.Scheduled;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One request that is sent again and again, and what its answers mean. Owned by the thread of its
/// line.
final class ModbusPoll extends Scheduled {
  /// Turns in a row without an answer after which a read is asked seldom, though its device answers
  /// to others.
  static final int MISSES_UNTIL_MUTE = 2;

  private static final long SILENT_MIN_NANOS = 1_000_000_000L;
  private static final long SILENT_MAX_NANOS = 30_000_000_000L;

  final ModbusDevice device;
  final PlannedRead read;
  final BackOff silence = new BackOff(SILENT_MIN_NANOS, SILENT_MAX_NANOS);
  private final List<ReadTag> tags = new ArrayList<>();
  private long answeredNanos = Long.MIN_VALUE;
  private long oldestNanos;

  /// Whether the device refuses it, whatever part of it is asked: it is asked seldom.
  boolean misfit;

  /// The search for what the device refuses that this read is a part of.
  @Nullable Bisection bisection;

  /// Whether another plan took its place while it was under way.
  boolean retired;

  /// Times that the request was sent for the turn under way.
  int attempts;

  /// Turns in a row that found no answer.
  int misses;

  /// When the last of these turns ended.
  long missedNanos;

  /// Answers in a row that were whole and held something else than asked.
  int unfitting;

  /// Whether it is under way.
  boolean inFlight;

  /// Whether a value of it was written meanwhile, so that it is due at once again.
  boolean again;

  /// @param phaseNanos when it is due within its period
  ModbusPoll(ModbusDevice device, PlannedRead read, LiveImage image, long phaseNanos) {
    super(read.priority(), read.periodNanos(), phaseNanos);
    this.device = device;
    this.read = read;
    for (TagSpec tag : read.tags()) {
      tags.add(ReadTag.of(tag, read.request().range(), image));
    }
  }

  /// Whether it stays without an answer while its device answers to others.
  boolean isMute() {
    return misses >= MISSES_UNTIL_MUTE;
  }

  /// An answer came.
  ///
  /// @param settledNanos answers before this say nothing of how old values get
  /// @return how old its values got since the answer before, if that is older than ever; else 0
  long aged(long settledNanos, long nowNanos) {
    long age = answeredNanos >= settledNanos ? nowNanos - answeredNanos : 0;
    answeredNanos = nowNanos;
    if (age <= oldestNanos) {
      return 0;
    }
    oldestNanos = age;
    return age;
  }

  /// How old its values got is measured anew.
  void forgetAges() {
    oldestNanos = 0;
    answeredNanos = Long.MIN_VALUE;
  }

  /// Brings an answer into the image.
  void decode(Response response, LiveImage image, long nanos, long epochMicros) {
    for (int i = 0; i < tags.size(); i++) {
      switch (response) {
        case Response.Registers(var block) -> tags.get(i).decode(block, image, nanos, epochMicros);
        case Response.Bits(var block) -> tags.get(i).decode(block, image, nanos, epochMicros);
        case Response.Written _, Response.Refusal _, Response.Service _ ->
            throw new IllegalStateException("a read was answered with " + response);
      }
    }
  }

  /// Gives all of its tags a quality that is not good.
  void degrade(LiveImage image, Quality quality, String reason) {
    for (int i = 0; i < tags.size(); i++) {
      image.degraded(tags.get(i).index(), quality, reason);
    }
  }

  /// Takes the read apart into two where no value is cut, as near to the middle as there is such a
  /// place.
  ///
  /// @return the two parts, or an empty list if there is no such place
  List<PlannedRead> halves() {
    int best = 0;
    int reach = -1;
    for (int i = 0; i < tags.size(); i++) {
      AddressRange range = tags.get(i).point().range();
      boolean apart = i > 0 && range.start() > reach;
      if (apart
          && (best == 0 || Math.abs(2 * i - tags.size()) < Math.abs(2 * best - tags.size()))) {
        best = i;
      }
      reach = Math.max(reach, range.last());
    }
    return best == 0 ? List.of() : List.of(part(0, best), part(best, tags.size()));
  }

  private PlannedRead part(int from, int to) {
    List<ReadTag> members = tags.subList(from, to);
    int first = members.getFirst().point().range().start();
    int last = first;
    for (ReadTag member : members) {
      last = Math.max(last, member.point().range().last());
    }
    return new PlannedRead(
        new Request.Read(read.request().table(), new AddressRange(first, last - first + 1)),
        read.periodNanos(),
        read.priority(),
        members.stream().map(ReadTag::tag).toList());
  }

  @Override
  public String toString() {
    return read.request().table().keyword() + ":" + read.request().range();
  }
}
