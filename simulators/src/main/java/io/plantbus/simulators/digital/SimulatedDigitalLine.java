package io.plantbus.simulators.digital;

import io.plantbus.hal.DigitalInput;
import io.plantbus.hal.DigitalOutput;
import io.plantbus.hal.PortException;
import io.plantbus.hal.PortFault;
import io.plantbus.simulators.Surroundings;

/// One wire: at its ends stand the program, with an output or an input, and the plant. Safe for use
/// by any thread.
public final class SimulatedDigitalLine {
  private final String name;
  private final Surroundings surroundings;
  private volatile boolean active;
  private volatile boolean gone;

  /// @param name what the line is called in transcripts and errors
  public SimulatedDigitalLine(Surroundings surroundings, String name) {
    this.surroundings = surroundings;
    this.name = name;
  }

  /// The level, as the plant sees it.
  public boolean isActive() {
    return active;
  }

  /// Drives the line from the plant's side.
  public void drive(boolean level) {
    change("plant", level);
  }

  /// Removes the hardware, or puts it back: while it is gone, its ports fail.
  public void setGone(boolean isGone) {
    gone = isGone;
  }

  /// The line as an output of the program; closed, it falls back to inactive.
  public DigitalOutput output() {
    return new Output();
  }

  /// The line as an input of the program.
  public DigitalInput input() {
    return new Input();
  }

  private void change(String who, boolean level) {
    if (active != level) {
      active = level;
      surroundings
          .transcript()
          .note(surroundings.clock().nanoTime(), name, who, level ? "active" : "inactive");
    }
  }

  private void check(boolean closed) throws PortException {
    if (closed) {
      throw new PortException(PortFault.CLOSED, name + " is closed");
    }
    if (gone) {
      throw new PortException(PortFault.LOST, name + " is gone: plug its adapter in again");
    }
  }

  private final class Output implements DigitalOutput {
    private boolean set;
    private boolean closed;

    @Override
    public String name() {
      return name;
    }

    @Override
    public void set(boolean level) throws PortException {
      check(closed);
      set = level;
      change("output", level);
    }

    @Override
    public boolean isSet() {
      return set;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        change("output", false);
      }
    }
  }

  private final class Input implements DigitalInput {
    private boolean closed;

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isActive() throws PortException {
      check(closed);
      return active;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
