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
  ARBITRATION,
  /// Characters that nobody sent come over the pair, in the idle too, and garble what they overlap.
  /// The rate is bursts per second. On a simulated pair only, as all that follow.
  NOISE,
  /// Nothing holds the idle pair: characters that nobody sent follow when a driver lets go. The
  /// rate is the share of those times.
  NO_BIAS,
  /// The target drives the pair unasked. The rate is the share of the seconds in which it does.
  BABBLE,
  /// A second device has the target's unit id and answers too, after a delay of its own. The rate
  /// is the share of the answers.
  DUPLICATE,
  /// Another master asks the target, or each unit of the line in turn. The rate is requests per
  /// second.
  SECOND_MASTER,
  /// The target runs at another speed: it understands no request, and at times it sends what is
  /// garbage to everybody else. The rate is the share of the requests.
  WRONG_BAUD,
  /// The target sends with another parity and does not check that of what it hears: it executes
  /// requests, and its answers are garbage. The rate is the share of the answers.
  WRONG_PARITY,
  /// A TCP connection is reset in the middle of an answer. On I2C the adapter is reset in the
  /// middle of a transfer and leaves the bus as it stands.
  RESET,
  /// The peer of a TCP connection vanishes: writes are taken, nothing comes back and nobody says
  /// so. TCP only.
  HALF_OPEN,
  /// Nothing gets through and nobody says so, until the end of the fault, when TCP brings what it
  /// held. TCP only.
  BLACK_HOLE,
  /// The peer reads slowly, so that its window closes and the writer's buffer fills. TCP only.
  SLOW_READER,
  /// New connections are refused. TCP only.
  REFUSE,
  /// Answers come in pieces of any size. TCP only.
  SPLIT;

  /// Whether a rate counts events per second, so that it may be above 1.
  public boolean isPerSecond() {
    return this == NOISE || this == SECOND_MASTER;
  }

  /// Whether only a simulated pair can do that, in virtual or in real time.
  public boolean isOfPair() {
    return switch (this) {
      case NOISE, NO_BIAS, BABBLE, DUPLICATE, SECOND_MASTER, WRONG_BAUD, WRONG_PARITY -> true;
      case DROP,
          FLIP,
          MUTE,
          LATE,
          CUT,
          TWICE,
          GARBAGE,
          STUCK,
          ARBITRATION,
          RESET,
          HALF_OPEN,
          BLACK_HOLE,
          SLOW_READER,
          REFUSE,
          SPLIT ->
          false;
    };
  }
}
