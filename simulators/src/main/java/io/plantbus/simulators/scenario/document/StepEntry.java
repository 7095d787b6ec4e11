package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.type.Located;
import io.plantbus.simulators.scenario.Deed;
import io.plantbus.simulators.scenario.Expectation;
import io.plantbus.simulators.scenario.Step;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A step as written, its number and times still to be found.
///
/// @param name null for one made of its number
/// @param begin when it begins
/// @param beginNode where that is written
record StepEntry(
    @Nullable String name,
    Step.Begin begin,
    Node beginNode,
    List<Located<Deed>> deeds,
    List<Located<Expectation>> expectations,
    Node where) {

  /// How long it takes at most until everything in it is decided.
  long longestNanos() {
    long longest = 0;
    for (Located<Expectation> expectation : expectations) {
      longest = Math.max(longest, expectation.value().longestNanos());
    }
    for (Located<Deed> deed : deeds) {
      longest = Math.max(longest, longest(deed.value()));
    }
    return longest;
  }

  static long longest(Deed deed) {
    return deed instanceof Deed.Write write && write.outcome() != null ? write.withinNanos() : 0;
  }

  Step step(int number) {
    List<Deed> done = new ArrayList<>();
    deeds.forEach(deed -> done.add(deed.value()));
    List<Expectation> expected = new ArrayList<>();
    expectations.forEach(expectation -> expected.add(expectation.value()));
    return new Step(
        number, name == null ? "step " + number : name, begin, done, expected, Places.of(where));
  }
}
