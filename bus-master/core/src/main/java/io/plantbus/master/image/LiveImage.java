package io.plantbus.master.image;

import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.plant.TagSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process image of a running master. Reads never lock; each tag is written by one thread only,
/// the owner of its line. Source times of a tag never go back.
public final class LiveImage implements ProcessImage {
  private static final Logger logger = LoggerFactory.getLogger(LiveImage.class);

  private final List<TagSpec> tags;
  private final Map<String, Integer> indexes;
  private final AtomicReferenceArray<TagSample> samples;
  private final List<SampleListener> listeners = new CopyOnWriteArrayList<>();

  /// @param tags every tag of the plant, names unique
  public LiveImage(List<TagSpec> tags) {
    this.tags = List.copyOf(tags);
    this.samples = new AtomicReferenceArray<>(tags.size());
    Map<String, Integer> byName = HashMap.newHashMap(tags.size());
    for (int i = 0; i < tags.size(); i++) {
      byName.put(tags.get(i).name(), i);
      samples.setPlain(i, TagSample.INITIAL);
    }
    this.indexes = Map.copyOf(byName);
  }

  @Override
  public List<TagSpec> tags() {
    return tags;
  }

  /// The place of a tag in [#tags()], for the methods that write.
  ///
  /// @throws IllegalArgumentException if there is no such tag
  public int index(String tag) {
    Integer index = indexes.get(tag);
    if (index == null) {
      throw new IllegalArgumentException("no tag " + tag + " in this image");
    }
    return index;
  }

  @Override
  public @Nullable TagSample sample(String tag, long nowNanos) {
    Integer index = indexes.get(tag);
    if (index == null) {
      return null;
    }
    TagSample sample = samples.getAcquire(index);
    long limit = tags.get(index).staleAfterNanos();
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

  /// A value arrived; one that is older than the latest is dropped.
  ///
  /// @param quality how far it can be trusted
  /// @param reason why the quality is not good; empty when good
  public void arrived(
      int index, TagValue value, Quality quality, long nanos, long epochMicros, String reason) {
    if (nanos >= samples.getPlain(index).sourceNanos()) {
      put(index, new TagSample(value, quality, nanos, epochMicros, reason));
    }
  }

  /// There is no usable value now: the last one and its time stay, with another quality.
  public void degraded(int index, Quality quality, String reason) {
    TagSample last = samples.getPlain(index);
    if (last.quality() != quality || !last.reason().equals(reason)) {
      put(
          index,
          new TagSample(
              last.value(), quality, last.sourceNanos(), last.sourceEpochMicros(), reason));
    }
  }

  @Override
  public void onSample(SampleListener listener) {
    listeners.add(listener);
  }

  private void put(int index, TagSample sample) {
    samples.setRelease(index, sample);
    for (SampleListener listener : listeners) {
      tell(listener, index, sample);
    }
  }

  private void tell(SampleListener listener, int index, TagSample sample) {
    try {
      listener.sampled(tags.get(index), sample);
    } catch (RuntimeException failure) {
      listeners.remove(listener);
      logger
          .atError()
          .setCause(failure)
          .log("A listener for samples failed and is told nothing more");
    }
  }
}
