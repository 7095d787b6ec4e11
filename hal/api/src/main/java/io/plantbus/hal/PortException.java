package io.plantbus.hal;

/// Hardware that cannot be opened or was lost, told to a person: what happened, to which endpoint,
/// and what to do.
public final class PortException extends Exception {
  private static final long serialVersionUID = 1L;

  private final PortFault fault;

  /// @param fault what kind of fault it is
  /// @param message what happened, where and what to do, as one sentence for a person
  public PortException(PortFault fault, String message) {
    super(message);
    this.fault = fault;
  }

  /// @param fault what kind of fault it is
  /// @param message what happened, where and what to do, as one sentence for a person
  /// @param cause the vendor's own complaint
  public PortException(PortFault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  /// What kind of fault it is.
  public PortFault fault() {
    return fault;
  }

  @Override
  public String getMessage() {
    String message = super.getMessage();
    return message == null ? fault.name() : message;
  }
}
