package io.plantbus.master.write;

import io.plantbus.devices.TagValue;
import io.plantbus.master.plant.TagSpec;
import io.plantbus.protocols.modbus.Request;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A checked write on its way. Settled exactly once, by whoever holds it.
public final class PendingWrite {
  private static final Logger logger = LoggerFactory.getLogger(PendingWrite.class);

  private final TagSpec tag;
  private final String device;
  private final TagValue value;
  private final @Nullable Request request;
  private final long expiresNanos;
  private final boolean urgent;
  private final Consumer<WriteOutcome> listener;
  private @Nullable WriteOutcome lastAnswer;
  private boolean settled;

  /// @param tag what is written
  /// @param device the name of its device
  /// @param value in engineering units, checked
  /// @param request what goes to a Modbus device; null for I2C
  /// @param expiresNanos monotonic time after which it must not be sent
  /// @param urgent whether it is sent even while its device is given a rest
  /// @param listener told once what became of it
  public PendingWrite(
      TagSpec tag,
      String device,
      TagValue value,
      @Nullable Request request,
      long expiresNanos,
      boolean urgent,
      Consumer<WriteOutcome> listener) {
    this.tag = tag;
    this.device = device;
    this.value = value;
    this.request = request;
    this.expiresNanos = expiresNanos;
    this.urgent = urgent;
    this.listener = listener;
  }

  /// What is written.
  public TagSpec tag() {
    return tag;
  }

  /// The name of its device.
  public String device() {
    return device;
  }

  /// In engineering units.
  public TagValue value() {
    return value;
  }

  /// What goes to a Modbus device; null for I2C.
  public @Nullable Request request() {
    return request;
  }

  /// Monotonic time after which it must not be sent.
  public long expiresNanos() {
    return expiresNanos;
  }

  /// Whether it is sent even while its device is down and given a rest, as safe states are.
  public boolean urgent() {
    return urgent;
  }

  /// The device was busy and did nothing: it may be sent again, and if it no longer can, this is
  /// what became of it.
  public void postponed(WriteOutcome.Refused busy) {
    lastAnswer = busy;
  }

  /// Tells that it is not sent, or not sent again.
  ///
  /// @param unsent what became of it if it never was
  public void giveUp(WriteOutcome unsent) {
    settle(lastAnswer == null ? unsent : lastAnswer);
  }

  /// Tells what became of it; a second call does nothing.
  public void settle(WriteOutcome outcome) {
    if (settled) {
      return;
    }
    settled = true;
    try {
      listener.accept(outcome);
    } catch (RuntimeException failure) {
      logger
          .atError()
          .addKeyValue("tag", tag.name())
          .setCause(failure)
          .log("Whoever asked for a write failed on its outcome");
    }
  }
}
