package io.plantbus.simulators.process;

/// Carries a quantity of one part to a command of another, as a shaft or a cable does: command =
/// quantity · scale + offset, with what the quantity was after the step before.
public final class Coupling {
  private final ProcessPart from;
  private final String quantity;
  private final ProcessPart to;
  private final String command;
  private final double scale;
  private final double offset;

  /// @param quantity a quantity of `from`
  /// @param command a command of `to`
  public Coupling(
      ProcessPart from,
      String quantity,
      ProcessPart to,
      String command,
      double scale,
      double offset) {
    this.from = from;
    this.quantity = quantity;
    this.to = to;
    this.command = command;
    this.scale = scale;
    this.offset = offset;
  }

  /// Carries it over once.
  public void act() {
    to.command(command, from.quantity(quantity) * scale + offset);
  }
}
