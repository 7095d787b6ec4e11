package io.plantbus.devices;

/// How far a value can be trusted, with the names and codes of OPC UA (Part 4, 7.39; Part 8, 6.3).
public enum Quality {
  /// Fresh and valid.
  GOOD("Good", 0x0000_0000),
  /// The last good value, older than its limit or kept through a loss of communication.
  UNCERTAIN_LAST_USABLE_VALUE("Uncertain_LastUsableValue", 0x4090_0000),
  /// The device does not answer.
  BAD_NO_COMMUNICATION("Bad_NoCommunication", 0x8031_0000),
  /// The device answers that it failed, or answers nonsense.
  BAD_DEVICE_FAILURE("Bad_DeviceFailure", 0x808B_0000),
  /// The sensor behind the device failed: a sentinel for "unsupported", a broken wire, a checksum
  /// of the chip.
  BAD_SENSOR_FAILURE("Bad_SensorFailure", 0x808C_0000),
  /// The value lies outside what the profile allows.
  BAD_OUT_OF_RANGE("Bad_OutOfRange", 0x803C_0000),
  /// The device refuses the address or type: the profile or the plant file does not fit it.
  BAD_CONFIGURATION_ERROR("Bad_ConfigurationError", 0x8089_0000),
  /// Switched off by an operator or by the configuration.
  BAD_OUT_OF_SERVICE("Bad_OutOfService", 0x808D_0000),
  /// Nothing was read yet.
  BAD_WAITING_FOR_INITIAL_DATA("Bad_WaitingForInitialData", 0x8032_0000);

  private final String symbol;
  private final int statusCode;

  Quality(String symbol, int statusCode) {
    this.symbol = symbol;
    this.statusCode = statusCode;
  }

  /// The name in OPC UA, such as `Bad_NoCommunication`.
  public String symbol() {
    return symbol;
  }

  /// The status code of OPC UA, 32 bits unsigned.
  public int statusCode() {
    return statusCode;
  }

  /// Whether the value may be used without a second thought.
  public boolean isGood() {
    return this == GOOD;
  }

  /// Whether there is no usable value.
  public boolean isBad() {
    return statusCode < 0;
  }
}
