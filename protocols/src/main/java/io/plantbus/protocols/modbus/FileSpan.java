package io.plantbus.protocols.modbus;

/// Consecutive records of a file: the file is the extended memory of a server, a record one 16-bit
/// word of it (AP 6.14).
///
/// @param file 1..65535
/// @param record the first, 0..9999
/// @param count how many, 1..10000 - `record`
public record FileSpan(int file, int record, int count) {
  /// Records in a file.
  public static final int RECORDS = 10_000;

  /// Marks every group of a request and of its answer.
  static final int REFERENCE_TYPE = 6;

  public FileSpan {
    if (!isValid(file, record, count)) {
      throw new IllegalArgumentException(
          "records must lie within 0..9999 of a file 1..65535, was file %d, record %d, count %d"
              .formatted(file, record, count));
    }
  }

  /// Whether there is such a span.
  public static boolean isValid(int file, int record, int count) {
    return file >= 1
        && file <= 0xFFFF
        && record >= 0
        && count >= 1
        && record < RECORDS
        && count <= RECORDS - record;
  }

  /// The last record, 0..9999.
  public int last() {
    return record + count - 1;
  }
}
