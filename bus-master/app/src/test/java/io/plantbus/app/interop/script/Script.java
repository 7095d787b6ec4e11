package io.plantbus.app.interop.script;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// What every client asks every server, in this order; [Model] tells the right replies.
public final class Script {
  /// The unit that is asked.
  public static final int UNIT = 17;

  /// Function 15 with as many coils as it takes.
  public static final Operation MOST_COILS = writing(15, 1968, Model.COIL, 32);

  /// Function 16 with as many registers as it takes.
  public static final Operation MOST_REGISTERS = writing(16, 123, Model.INPUT, 5);

  /// Function 15 with few coils.
  public static final Operation FEW_COILS = Operation.of(15, 20, 1, 0, 1, 1, 0, 0, 1, 1, 1, 0);

  /// Function 16 with a byte count that fits no signed byte.
  public static final Operation REGISTERS_64 = writing(16, 64, Model.HOLDING, 20);

  /// Function 23 with as many registers as it takes.
  public static final Operation MOST_EXCHANGED = writing(23, 121, Model.HOLDING, 0, 125, 0);

  /// Function 23 with few registers, one of them written and read.
  public static final Operation EXCHANGED = Operation.of(23, 40, 2, 41, 4711);

  /// Reads addresses that do not exist.
  public static final Operation COIL_BEYOND = Operation.of(1, 2500, 1);

  public static final Operation HOLDING_BEYOND = Operation.of(3, 500, 1);
  public static final Operation INPUT_ACROSS_THE_END = Operation.of(4, 127, 2);
  public static final Operation WRITE_BEYOND = Operation.of(6, 500, 1);

  /// Writes registers of which the last does not exist, so that none may change.
  public static final Operation WRITE_ACROSS_THE_END = Operation.of(16, 126, 1, 2, 3);

  public static final Operation READ_AT_THE_END = Operation.of(3, 126, 2);

  public static final List<Operation> OPERATIONS =
      List.of(
          Operation.of(1, 0, 13),
          Operation.of(1, 0, 2000),
          Operation.of(1, 1999, 1),
          Operation.of(2, 3, 9),
          Operation.of(2, 0, 2000),
          Operation.of(3, 2, 3),
          Operation.of(3, 0, 125),
          Operation.of(3, 127, 1),
          Operation.of(4, 5, 2),
          Operation.of(4, 0, 125),
          Operation.of(5, 1, 1),
          Operation.of(5, 3, 0),
          Operation.of(1, 0, 4),
          Operation.of(6, 10, 0xBEEF),
          Operation.of(3, 10, 1),
          FEW_COILS,
          Operation.of(1, 20, 10),
          MOST_COILS,
          Operation.of(1, 32, 1968),
          Operation.of(16, 30, 1, 2, 65_535),
          Operation.of(3, 30, 3),
          writing(16, 63, Model.INPUT, 60),
          REGISTERS_64,
          MOST_REGISTERS,
          Operation.of(3, 5, 123),
          Operation.of(6, 10, 0x12),
          Operation.of(22, 10, 0xF2, 0x25),
          Operation.of(3, 10, 1),
          EXCHANGED,
          MOST_EXCHANGED,
          COIL_BEYOND,
          HOLDING_BEYOND,
          INPUT_ACROSS_THE_END,
          WRITE_BEYOND,
          WRITE_ACROSS_THE_END,
          READ_AT_THE_END);

  private Script() {}

  private static Operation writing(
      int function, int count, IntUnaryOperator values, int... arguments) {
    return Operation.of(
        function,
        IntStream.concat(IntStream.of(arguments), IntStream.range(0, count).map(values)).toArray());
  }
}
