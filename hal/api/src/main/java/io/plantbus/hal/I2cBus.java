package io.plantbus.hal;

/// An I2C bus that this program masters.
///
/// One transfer is one bus transaction, START to STOP, in one of four shapes:
///
/// ```
///  write          S addr W A  out[0] A … out[n-1] A  P
///  read           S addr R A  in[0] A … in[m-1] N    P
///  write-read     S addr W A  out[0] A … out[n-1] A  Sr addr R A  in[0] A … in[m-1] N  P
///  probe (n=m=0)  S addr W A  P
/// ```
///
/// There is no STOP between the two halves of a write-read, so no other master can come in between.
/// A transfer occupies the calling thread for as long as it takes on the wire, which is bounded by
/// the lengths, the clock and the bus time-out of the platform. All methods belong to the owner's
/// thread.
public interface I2cBus extends AutoCloseable {
  /// The longest write or read of one transfer, in bytes.
  int MAX_TRANSFER_BYTES = 8192;

  /// The bus as a user would write it, such as `i2c:/dev/i2c-1`.
  String name();

  /// Runs one transfer.
  ///
  /// @param address the target
  /// @param out bytes to write first; empty for a read or a probe; at most [#MAX_TRANSFER_BYTES]
  /// @param in filled by the read that follows; empty for a write or a probe; at most
  ///   [#MAX_TRANSFER_BYTES]. Its content is undefined unless the outcome is `COMPLETED`
  /// @return what became of it; never null
  /// @throws PortException if the bus itself is gone, or the address form is not supported by this
  ///   implementation
  I2cOutcome transfer(I2cAddress address, byte[] out, byte[] in) throws PortException;

  /// Releases the bus; idempotent.
  @Override
  void close();
}
