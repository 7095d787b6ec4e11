package io.plantbus.simulators.scenario.document;

import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import java.util.function.Function;

/// Small types of a scenario file.
final class Words {
  /// Two names with a dot between.
  static final Type<Located<String>> REFERENCE =
      Types.located(
          Types.text(
              "[A-Za-z][^.]*\\..+", "two names with a dot between", "them as 'slave.resource'"));

  private Words() {}

  /// One of some values, by its word.
  static <T> Type<T> of(T[] values, Function<T, String> word) {
    ChoiceType<T> choice = ChoiceType.of(word.apply(values[0]), values[0]);
    for (int i = 1; i < values.length; i++) {
      choice = choice.or(word.apply(values[i]), values[i]);
    }
    return choice;
  }
}
