package io.plantbus.protocols.modbus;

/// What a client writes into consecutive records of a file (AP 6.15).
///
/// @param file 1..65535
/// @param record the first, 0..9999
/// @param registers the new words
public record FileRecord(int file, int record, RegisterBlock registers) {
  public FileRecord {
    if (!FileSpan.isValid(file, record, registers.count())) {
      throw new IllegalArgumentException(
          "records must lie within 0..9999 of a file 1..65535, was file %d, record %d, count %d"
              .formatted(file, record, registers.count()));
    }
  }

  /// The records written.
  public FileSpan span() {
    return new FileSpan(file, record, registers.count());
  }
}
