package io.plantbus.master.image;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.plant.TagSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process image of a running master. Reads never lock; each tag is written by one thread only,
/// the owner of its line. Source times of a tag never go back.
///
/// The tags may be replaced while it runs. A tag keeps its place for as long as it stays as it is,
/// so whoever writes it need not know.
public final class LiveImage implements ProcessImage {
  /// The place of a tag that there is not; what is written there is dropped.
  public static final int NOWHERE = -1;

  private static final Logger logger = LoggerFactory.getLogger(LiveImage.class);

  private static final class Slot {
    final TagSpec tag;
    volatile TagSample sample;

    Slot(TagSpec tag, TagSample sample) {
      this.tag = tag;
      this.sample = sample;
    }
  }

  /// All tags at a time.
  ///
  /// @param slots by place, those of tags that are gone included
  private record Layout(List<TagSpec> tags, Map<String, Integer> places, List<Slot> slots) {}

  private volatile Layout layout = new Layout(List.of(), Map.of(), List.of());
  private final List<SampleListener> listeners = new CopyOnWriteArrayList<>();

  /// @param tags every tag of the plant, names unique
  public LiveImage(List<TagSpec> tags) {
    replace(tags);
  }

  /// Takes these tags in the place of the former ones. One that stays as it is keeps its place; one
  /// that lies where it lay, but is read otherwise, keeps its sample.
  ///
  /// Not for two threads at once; whoever reads meanwhile sees all of the former tags or all of
  /// these.
  public void replace(List<TagSpec> tags) {
    Layout former = layout;
    List<Slot> slots = new ArrayList<>(former.slots());
    Map<String, Integer> places = HashMap.newHashMap(tags.size());
    for (TagSpec tag : tags) {
      Integer place = former.places().get(tag.name());
      Slot slot = place == null ? null : former.slots().get(place);
      if (place != null && slot != null && slot.tag.equals(tag)) {
        places.put(tag.name(), place);
      } else {
        places.put(tag.name(), slots.size());
        slots.add(new Slot(tag, slot == null ? TagSample.INITIAL : inherited(slot, tag)));
      }
    }
    layout = new Layout(List.copyOf(tags), Map.copyOf(places), List.copyOf(slots));
  }

  private static TagSample inherited(Slot slot, TagSpec tag) {
    return slot.tag.resource().equals(tag.resource()) ? slot.sample : TagSample.INITIAL;
  }

  @Override
  public List<TagSpec> tags() {
    return layout.tags();
  }

  /// The place of a tag, for the methods that write; [#NOWHERE] if there is none, as there may not
  /// be any more.
  public int index(String tag) {
    return layout.places().getOrDefault(tag, NOWHERE);
  }

  @Override
  public @Nullable TagSample sample(String tag, long nowNanos) {
    Layout now = layout;
    Integer place = now.places().get(tag);
    if (place == null) {
      return null;
    }
    Slot slot = now.slots().get(place);
    TagSample sample = slot.sample;
    long limit = slot.tag.staleAfterNanos();
    return sample.quality().isGood() && sample.ageNanos(nowNanos) > limit
        ? aged(sample, limit)
        : sample;
  }

  private static TagSample aged(TagSample sample, long limitNanos) {
    return new TagSample(
        sample.value(),
        Quality.UNCERTAIN_LAST_USABLE_VALUE,
        sample.sourceNanos(),
        sample.sourceEpochMicros(),
        "older than " + limitNanos / 1_000_000 + " ms");
  }

  private @Nullable Slot slot(int index) {
    return index == NOWHERE ? null : layout.slots().get(index);
  }

  /// A value arrived; one that is older than the latest is dropped.
  ///
  /// @param quality how far it can be trusted
  /// @param reason why the quality is not good; empty when good
  public void arrived(
      int index, TagValue value, Quality quality, long nanos, long epochMicros, String reason) {
    Slot slot = slot(index);
    if (slot != null && nanos >= slot.sample.sourceNanos()) {
      // A value that did not change outlives many samples: only the samples are short-lived then.
      TagValue kept = value.equals(slot.sample.value()) ? slot.sample.value() : value;
      put(slot, new TagSample(kept, quality, nanos, epochMicros, reason));
    }
  }

  /// There is no usable value now: the last one and its time stay, with another quality.
  public void degraded(int index, Quality quality, String reason) {
    Slot slot = slot(index);
    if (slot == null) {
      return;
    }
    TagSample last = slot.sample;
    if (last.quality() != quality || !last.reason().equals(reason)) {
      put(
          slot,
          new TagSample(
              last.value(), quality, last.sourceNanos(), last.sourceEpochMicros(), reason));
    }
  }

  @Override
  public void onSample(SampleListener listener) {
    listeners.add(listener);
  }

  private void put(Slot slot, TagSample sample) {
    slot.sample = sample;
    for (SampleListener listener : listeners) {
      tell(listener, slot.tag, sample);
    }
  }

  private void tell(SampleListener listener, TagSpec tag, TagSample sample) {
    try {
      listener.sampled(tag, sample);
    } catch (RuntimeException failure) {
      listeners.remove(listener);
      logger
          .atError()
          .setCause(failure)
          .log("A listener for samples failed and is told nothing more");
    }
  }
}
