package io.plantbus.simulators.fault;

/// How a simulated line misbehaves.
public enum FaultKind {
  /// The request is executed and the answer is lost. On I2C a data byte is not acknowledged.
  DROP,
  /// One bit of the answer arrives inverted.
  FLIP,
  /// The target neither hears nor speaks, as if unplugged. On I2C it does not acknowledge its
  /// address.
  MUTE,
  /// The answer comes late. On I2C the clock is stretched, beyond the bus time-out as a time-out.
  LATE,
  /// The end of the answer is missing; not on I2C.
  CUT,
  /// The answer comes twice; not on I2C.
  TWICE,
  /// Random bytes come before, after or instead of the answer. On I2C random bytes are read.
  GARBAGE,
  /// The line is held: on I2C SDA stays low; elsewhere as [#MUTE].
  STUCK,
  /// Another master wins the bus; I2C only.
  ARBITRATION
}
