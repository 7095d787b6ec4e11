package io.plantbus.hal;

/// A digital line that this program observes. All methods belong to the owner's thread.
public interface DigitalInput extends AutoCloseable {
  /// The line as a user would write it, such as `gpio:/dev/gpiochip0/27`.
  String name();

  /// Whether the line is active now. Whether active is the high or the low level was chosen at
  /// opening.
  ///
  /// @throws PortException if the line is gone
  boolean isActive() throws PortException;

  /// Releases the line; idempotent.
  @Override
  void close();
}
