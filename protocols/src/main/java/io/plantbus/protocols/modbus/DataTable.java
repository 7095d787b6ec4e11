package io.plantbus.protocols.modbus;

/// The four primary tables of the data model (AP 4.3).
public enum DataTable {
  /// Single bits, read and written; Modicon reference 0x.
  COILS("coil", 0, 1, 2000),
  /// Single bits, read only; Modicon reference 1x.
  DISCRETE_INPUTS("discrete", 1, 2, 2000),
  /// 16-bit words, read only; Modicon reference 3x.
  INPUT_REGISTERS("input", 3, 4, 125),
  /// 16-bit words, read and written; Modicon reference 4x.
  HOLDING_REGISTERS("holding", 4, 3, 125);

  private final String keyword;
  private final int modiconDigit;
  private final int readFunctionCode;
  private final int maxReadCount;

  DataTable(String keyword, int modiconDigit, int readFunctionCode, int maxReadCount) {
    this.keyword = keyword;
    this.modiconDigit = modiconDigit;
    this.readFunctionCode = readFunctionCode;
    this.maxReadCount = maxReadCount;
  }

  /// The word that names the table in addresses such as `holding:100`.
  public String keyword() {
    return keyword;
  }

  /// The leading digit of Modicon references: 0, 1, 3 or 4.
  public int modiconDigit() {
    return modiconDigit;
  }

  /// The function code that reads it: 1..4.
  public int readFunctionCode() {
    return readFunctionCode;
  }

  /// The most elements that one request may read: 2000 bits or 125 registers (AP 6.1 to 6.4).
  public int maxReadCount() {
    return maxReadCount;
  }

  /// Whether its elements are single bits.
  public boolean isBits() {
    return this == COILS || this == DISCRETE_INPUTS;
  }

  /// Whether a client may write it.
  public boolean isWritable() {
    return this == COILS || this == HOLDING_REGISTERS;
  }
}
