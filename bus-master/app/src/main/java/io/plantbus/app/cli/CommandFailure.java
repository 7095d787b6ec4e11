package io.plantbus.app.cli;

/// Ends a command: something that the user can put right, told in the message.
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  /// @param exitCode what the process ends with
  /// @param message what happened, where and what to do
  public CommandFailure(ExitCode exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  /// What the process ends with.
  public ExitCode exitCode() {
    return exitCode;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? exitCode.meaning() : message;
  }
}
