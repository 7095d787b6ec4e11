package io.plantbus.devices.document;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What came of reading a document.
///
/// @param value null if there are errors
/// @param problems errors and warnings in the order of the file
/// @param <T> what the document describes
public record Reading<T>(@Nullable T value, List<Problem> problems) {
  public Reading {
    problems = List.copyOf(problems);
  }

  /// The value of a document that is known to be right, such as one that is part of the product.
  ///
  /// @throws IllegalStateException with all problems, if there are errors
  public T valueOrThrow() {
    if (value == null) {
      throw new IllegalStateException(report());
    }
    return value;
  }

  /// All problems, one line each.
  public String report() {
    return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
  }
}
