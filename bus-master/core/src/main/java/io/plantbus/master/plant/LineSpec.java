package io.plantbus.master.plant;

import io.plantbus.hal.SerialDriver;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.framing.EchoMode;
import io.plantbus.protocols.modbus.framing.SerialFraming;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import org.jspecify.annotations.Nullable;

/// One line: a serial pair, a connection, a peer over UDP, or an I2C bus.
///
/// @param name unique in its plant
/// @param transport what it runs over
/// @param responseTimeoutNanos from the end of a request to the end of its answer, 1 ms..60 s
/// @param retries how often a read that met silence or noise is sent again before the poll counts
///   as failed, 0..10; writes are never sent again
/// @param reconnectMinNanos first pause before a lost line is opened again
/// @param reconnectMaxNanos longest such pause; it doubles from the first to this
/// @param isolation what devices that do not answer may take from the others
/// @param captureBytes memory for the newest that went over it, times and all: 64 KiB..64 MiB; 0
///   for none. An I2C bus keeps none
public record LineSpec(
    String name,
    Transport transport,
    long responseTimeoutNanos,
    int retries,
    long reconnectMinNanos,
    long reconnectMaxNanos,
    Isolation isolation,
    int captureBytes) {
  /// What is kept of a line unless it is said: at 19200 baud some minutes.
  public static final int USUAL_CAPTURE_BYTES = 1 << 20;

  private static final int LEAST_CAPTURE_BYTES = 1 << 16;
  private static final int MOST_CAPTURE_BYTES = 1 << 26;

  /// A line that keeps the usual of what goes over it.
  public LineSpec(
      String name,
      Transport transport,
      long responseTimeoutNanos,
      int retries,
      long reconnectMinNanos,
      long reconnectMaxNanos,
      Isolation isolation) {
    this(
        name,
        transport,
        responseTimeoutNanos,
        retries,
        reconnectMinNanos,
        reconnectMaxNanos,
        isolation,
        USUAL_CAPTURE_BYTES);
  }

  /// A line with the usual isolation of its devices from each other.
  public LineSpec(
      String name,
      Transport transport,
      long responseTimeoutNanos,
      int retries,
      long reconnectMinNanos,
      long reconnectMaxNanos) {
    this(
        name,
        transport,
        responseTimeoutNanos,
        retries,
        reconnectMinNanos,
        reconnectMaxNanos,
        Isolation.DEFAULT);
  }

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
    if (captureBytes != 0
        && (captureBytes < LEAST_CAPTURE_BYTES || captureBytes > MOST_CAPTURE_BYTES)) {
      throw new IllegalArgumentException("a line keeps 64 KiB..64 MiB, or 0, not " + captureBytes);
    }
  }

  /// The same line over something else.
  public LineSpec over(Transport other) {
    return new LineSpec(
        name,
        other,
        responseTimeoutNanos,
        retries,
        reconnectMinNanos,
        reconnectMaxNanos,
        isolation,
        captureBytes);
  }

  /// The same line by another name.
  public LineSpec named(String other) {
    return new LineSpec(
        other,
        transport,
        responseTimeoutNanos,
        retries,
        reconnectMinNanos,
        reconnectMaxNanos,
        isolation);
  }

  /// What a line runs over.
  public sealed interface Transport {
    /// Modbus over a serial line.
    ///
    /// @param device device file, such as `/dev/ttyUSB0`
    /// @param framing how frames stand on it (SL 2.5)
    /// @param settings speed, character format and direction
    /// @param echo whether the adapter hears its own frames
    /// @param silenceNanos silence before each request; 0 for what the framing asks for (SL
    ///   2.5.1.1)
    /// @param turnaroundNanos pause after a broadcast (SL 2.4.1)
    /// @param driver what opens the port
    record Serial(
        String device,
        SerialFraming framing,
        SerialSettings settings,
        EchoMode echo,
        long silenceNanos,
        long turnaroundNanos,
        SerialDriver driver)
        implements Transport {}

    /// Modbus over a stream: TCP, or TLS on it.
    ///
    /// @param host name or address
    /// @param port 1..65535
    /// @param framing how frames stand in the stream
    /// @param window transactions in flight, 1..16; 1 unless a header numbers them
    /// @param connectTimeoutNanos longest time to establish the connection
    /// @param tls files of a secured connection, or null for a plain one
    record Tcp(
        String host,
        int port,
        StreamFraming framing,
        int window,
        long connectTimeoutNanos,
        @Nullable TlsFiles tls)
        implements Transport {
      public Tcp {
        requireWindow(window, framing == StreamFraming.MBAP);
      }
    }

    /// Modbus over UDP, a frame of Modbus TCP in each datagram.
    ///
    /// @param host name or address
    /// @param port 1..65535
    /// @param window transactions in flight, 1..16
    record Udp(String host, int port, int window) implements Transport {
      public Udp {
        requireWindow(window, true);
      }
    }

    private static void requireWindow(int window, boolean numbered) {
      if (window < 1 || window > 16) {
        throw new IllegalArgumentException("window must be 1..16, was " + window);
      }
      if (window > 1 && !numbered) {
        throw new IllegalArgumentException(
            "frames without a transaction id go one at a time: window must be 1, was " + window);
      }
    }

    /// I2C.
    ///
    /// @param device device file, such as `/dev/i2c-1`
    record I2c(String device) implements Transport {}
  }
}
