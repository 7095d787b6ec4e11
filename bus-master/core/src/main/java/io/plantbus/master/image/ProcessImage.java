package io.plantbus.master.image;

import io.plantbus.master.plant.TagSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest sample of every tag. Safe for use by any thread; each sample is consistent in itself.
public interface ProcessImage {
  /// All tags, in the order of the plant.
  List<TagSpec> tags();

  /// The sample of a tag as of now: a good value older than its limit has already become
  /// `Uncertain_LastUsableValue`.
  ///
  /// @return null if there is no such tag
  @Nullable TagSample sample(String tag, long nowNanos);

  /// Adds a listener for every sample from here on; it cannot be removed.
  void onSample(SampleListener listener);
}
