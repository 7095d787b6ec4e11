package io.plantbus.app.cli;

import java.util.ArrayList;
import java.util.List;

/// What the process tells the script that started it.
public enum ExitCode {
  /// Everything was done.
  OK(0, "everything was done"),
  /// A device is silent, talks nonsense or refused.
  DEVICE(1, "a device is silent, talks nonsense or refused"),
  /// The command line is wrong.
  USAGE(2, "the command line is wrong"),
  /// A plant, bench or profile file is wrong.
  CONFIGURATION(3, "a plant, bench or profile file is wrong"),
  /// A serial port, bus or network endpoint cannot be opened.
  PORT(4, "a serial port, bus or network endpoint cannot be opened"),
  /// A plant file is right, but what it asks for cannot be done in time.
  PLAN(5, "a plant file is right, but what it asks for cannot be done in time"),
  /// Something that a scenario expects did not come.
  EXPECTATION(6, "something that a scenario expects did not come"),
  /// A defect of this program.
  INTERNAL(70, "a defect of this program");

  private final int code;
  private final String meaning;

  ExitCode(int code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /// The number that the process ends with.
  public int code() {
    return code;
  }

  /// When that happens, as a phrase.
  public String meaning() {
    return meaning;
  }

  /// All codes as picocli lists them in a help footer, `code:meaning`.
  static List<String> list() {
    List<String> list = new ArrayList<>();
    for (ExitCode exit : values()) {
      list.add(" " + exit.code + ":" + exit.meaning);
    }
    return list;
  }
}
