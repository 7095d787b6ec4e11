package io.plantbus.devices.document;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Puts environment variables into text: `${NAME}`, `${NAME:-default}`, and `$${` for a literal
/// `${`. A default may not hold a closing brace.
final class Substitution {
  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}|\\$\\{");

  private final Function<String, @Nullable String> environment;

  Substitution(Function<String, @Nullable String> environment) {
    this.environment = environment;
  }

  /// The text with its variables.
  ///
  /// @param where for problems; its text is what stands in the file
  /// @return null after a problem
  @Nullable String apply(Node.Scalar where, Problems problems) {
    String written = where.written();
    if (!written.contains("${")) {
      return written;
    }
    StringBuilder text = new StringBuilder();
    boolean sound = true;
    Matcher matcher = REFERENCE.matcher(written);
    while (matcher.find()) {
      String value = value(matcher, where, problems);
      sound &= value != null;
      matcher.appendReplacement(text, Matcher.quoteReplacement(value == null ? "" : value));
    }
    return sound ? matcher.appendTail(text).toString() : null;
  }

  private @Nullable String value(Matcher matcher, Node.Scalar where, Problems problems) {
    String name = matcher.group(1);
    if (name == null) {
      if (matcher.group().startsWith("$$")) {
        return "${";
      }
      problems.error(
          where,
          where.found() + " holds '${' without a variable",
          "write ${NAME} or ${NAME:-default}, or $${ for the two characters");
      return null;
    }
    String value = environment.apply(name);
    if (value != null) {
      problems.conceal(value, matcher.group());
      return value;
    }
    if (matcher.group(2) != null) {
      return matcher.group(3);
    }
    problems.error(
        where,
        "the environment variable " + name + " is not set",
        "set it, or write ${" + name + ":-default}");
    return null;
  }
}
