package io.plantbus.master.plant;

import io.plantbus.hal.SerialSettings;

/// One line: a serial pair, a TCP connection, or an I2C bus.
///
/// @param name unique in its plant
/// @param transport what it runs over
/// @param responseTimeoutNanos from the end of a request to the end of its answer, 1 ms..60 s
/// @param retries how often a read that met silence or noise is sent again before the poll counts
///   as failed, 0..10; writes are never sent again
/// @param reconnectMinNanos first pause before a lost line is opened again
/// @param reconnectMaxNanos longest such pause; it doubles from the first to this
public record LineSpec(
    String name,
    Transport transport,
    long responseTimeoutNanos,
    int retries,
    long reconnectMinNanos,
    long reconnectMaxNanos) {
  public LineSpec {
    if (responseTimeoutNanos < 1_000_000 || responseTimeoutNanos > 60_000_000_000L) {
      throw new IllegalArgumentException("response time-out must be 1ms..60s");
    }
    if (retries < 0 || retries > 10) {
      throw new IllegalArgumentException("retries must be 0..10, was " + retries);
    }
    if (reconnectMinNanos < 1_000_000 || reconnectMaxNanos < reconnectMinNanos) {
      throw new IllegalArgumentException("reconnect pauses must be at least 1ms and rise");
    }
  }

  /// What a line runs over.
  public sealed interface Transport {
    /// Modbus RTU.
    ///
    /// @param device device file, such as `/dev/ttyUSB0`
    /// @param settings speed and character format
    /// @param silenceNanos silence before each request; 0 for what the specification computes (SL
    ///   2.5.1.1)
    /// @param turnaroundNanos pause after a broadcast (SL 2.4.1)
    record Rtu(String device, SerialSettings settings, long silenceNanos, long turnaroundNanos)
        implements Transport {}

    /// Modbus TCP.
    ///
    /// @param host name or address
    /// @param port 1..65535
    /// @param window transactions in flight, 1..16
    /// @param connectTimeoutNanos longest time to establish the connection
    record Tcp(String host, int port, int window, long connectTimeoutNanos) implements Transport {}

    /// I2C.
    ///
    /// @param device device file, such as `/dev/i2c-1`
    record I2c(String device) implements Transport {}
  }
}
