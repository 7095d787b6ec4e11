package io.plantbus.app.interop.script;

import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  /// Function 8 that sends back one word, and several.
  public static final Operation ECHO = Operation.of(8, 0, 0xA55A);

  public static final Operation LONG_ECHO = Operation.of(8, 0, 1, 2, 3, 65_535);

  /// Function 8 with counters: of messages on the line, of exceptions, of messages to the unit.
  public static final Operation CLEAR_COUNTERS = Operation.of(8, 10, 0);

  public static final Operation BUS_MESSAGES = Operation.of(8, 11, 0);
  public static final Operation EXCEPTION_ERRORS = Operation.of(8, 13, 0);
  public static final Operation SERVER_MESSAGES = Operation.of(8, 14, 0);
  public static final Operation UNKNOWN_SUB_FUNCTION = Operation.of(8, 99, 0);

  public static final Operation EXCEPTION_STATUS = Operation.of(7);
  public static final Operation EVENT_COUNTER = Operation.of(11);
  public static final Operation SERVER_ID = Operation.of(17);

  /// Functions 21 and 20.
  public static final Operation WRITE_FILE = Operation.of(21, ServiceModel.FILE, 0, 513, 0, 65_535);

  public static final Operation READ_FILE = Operation.of(20, ServiceModel.FILE, 0, 3);
  public static final Operation READ_FILE_LATER = Operation.of(20, ServiceModel.FILE, 2, 2);
  public static final Operation READ_NO_FILE = Operation.of(20, 9, 0, 1);
  public static final Operation WRITE_NO_FILE = Operation.of(21, 9, 0, 1);

  /// Function 24: a queue of one register, one that is too long, one that is not there.
  public static final Operation READ_QUEUE = Operation.of(24, ServiceModel.QUEUE);

  public static final Operation READ_LONG_QUEUE = Operation.of(24, ServiceModel.LONG_QUEUE);
  public static final Operation READ_NO_QUEUE = Operation.of(24, 500);

  /// Function 43, MEI type 14.
  public static final Operation BASIC_IDENTIFICATION = Operation.of(43, 1, 0);

  public static final Operation ALL_IDENTIFICATION = Operation.of(43, 3, 0);
  public static final Operation REST_OF_IDENTIFICATION = Operation.of(43, 3, 0x81);
  public static final Operation ONE_OBJECT = Operation.of(43, 4, 1);
  public static final Operation NO_OBJECT = Operation.of(43, 4, 0x60);
  public static final Operation NO_SUCH_CODE = Operation.of(43, 5, 0);

  /// A function that nobody has.
  public static final Operation NO_FUNCTION = Operation.of(100);

  /// Quantities that are refused with exception 03.
  public static final Operation NO_COILS = Operation.of(1, 0, 0);

  public static final Operation TOO_MANY_REGISTERS = Operation.of(3, 0, 126);

  /// Exceptions with which function 6 is refused.
  public static final List<Integer> REFUSALS = List.of(1, 2, 3, 4, 5, 6, 8, 10, 11);

  private static final List<Operation> FIXED =
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
          READ_AT_THE_END,
          EXCEPTION_STATUS,
          ECHO,
          LONG_ECHO,
          CLEAR_COUNTERS,
          Operation.of(3, 2, 3),
          WRITE_BEYOND,
          SERVER_MESSAGES,
          BUS_MESSAGES,
          EXCEPTION_ERRORS,
          EVENT_COUNTER,
          UNKNOWN_SUB_FUNCTION,
          SERVER_ID,
          WRITE_FILE,
          READ_FILE,
          READ_FILE_LATER,
          READ_NO_FILE,
          WRITE_NO_FILE,
          READ_QUEUE,
          READ_LONG_QUEUE,
          READ_NO_QUEUE,
          BASIC_IDENTIFICATION,
          ALL_IDENTIFICATION,
          REST_OF_IDENTIFICATION,
          ONE_OBJECT,
          NO_OBJECT,
          NO_SUCH_CODE,
          NO_FUNCTION,
          NO_COILS,
          TOO_MANY_REGISTERS);

  /// Everything, in order.
  public static final List<Operation> OPERATIONS =
      Stream.concat(FIXED.stream(), REFUSALS.stream().map(Script::refused)).toList();

  private Script() {}

  /// Function 6 with what the unit refuses with this exception.
  public static Operation refused(int code) {
    return Operation.of(6, Model.FIRST_REFUSING + code, Model.REFUSED_VALUE);
  }

  private static Operation writing(
      int function, int count, IntUnaryOperator values, int... arguments) {
    return Operation.of(
        function,
        IntStream.concat(IntStream.of(arguments), IntStream.range(0, count).map(values)).toArray());
  }
}
