package io.plantbus.app.live;

import java.io.Console;
import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/// The terminal of this process, for what is printed once.
public final class TerminalWidth {
  private static final int USUAL = 120;

  private TerminalWidth() {}

  /// Whether there is one.
  @SuppressWarnings("SystemConsoleNull") // with JDK 25 it is null again where there is no terminal
  public static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /// Its columns, or 120 where that cannot be told.
  public static int columns() {
    if (!isTerminal()) {
      return USUAL;
    }
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(false).jni(false).exec(false).build()) {
      int columns = terminal.getSize().getColumns();
      return columns > 0 ? columns : USUAL;
    } catch (IOException _) {
      return USUAL;
    }
  }
}
