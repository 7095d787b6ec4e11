package io.plantbus.master.image;

import io.plantbus.master.plant.TagSpec;

/// Told of each new sample of a process image.
@FunctionalInterface
public interface SampleListener {
  /// A tag has a new sample. Called on the thread of the tag's line: must be short and must not
  /// throw; one that throws is told nothing more.
  void sampled(TagSpec tag, TagSample sample);
}
