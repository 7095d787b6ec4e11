package io.plantbus.hal;

/// A digital line that this program drives. All methods belong to the owner's thread.
public interface DigitalOutput extends AutoCloseable {
  /// The line as a user would write it, such as `gpio:/dev/gpiochip0/17`.
  String name();

  /// Drives the line: `true` is active. Whether active is the high or the low level was chosen at
  /// opening.
  ///
  /// @throws PortException if the line is gone
  void set(boolean active) throws PortException;

  /// What the line was last driven to.
  boolean isSet();

  /// Releases the line, which then takes the level of its pull resistor; idempotent.
  @Override
  void close();
}
