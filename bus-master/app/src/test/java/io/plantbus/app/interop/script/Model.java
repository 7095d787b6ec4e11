package io.plantbus.app.interop.script;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// The unit that is asked, as simply as it can be told: [#BITS] bits and [#REGISTERS] registers in
/// each table, from address 0 on, and what [ServiceModel] tells. Every server starts with the same
/// values.
public final class Model {
  public static final int BITS = 2000;
  public static final int REGISTERS = 128;
  public static final IntUnaryOperator COIL = i -> i % 3 == 0 ? 1 : 0;
  public static final IntUnaryOperator DISCRETE = i -> i % 5 == 0 ? 1 : 0;
  public static final IntUnaryOperator HOLDING = i -> i * 257 + 1;
  public static final IntUnaryOperator INPUT = i -> 65_535 - 3 * i;

  /// Function 6 with this value to register [#FIRST_REFUSING] + n is refused with exception n.
  public static final int REFUSED_VALUE = 0xDEAD;

  public static final int FIRST_REFUSING = 100;

  private static final int MOST_BITS = 2000;
  private static final int MOST_REGISTERS = 125;

  private final int[] coils = IntStream.range(0, BITS).map(COIL).toArray();
  private final int[] discrete = IntStream.range(0, BITS).map(DISCRETE).toArray();
  private final int[] holding = IntStream.range(0, REGISTERS).map(HOLDING).toArray();
  private final int[] input = IntStream.range(0, REGISTERS).map(INPUT).toArray();
  private final ServiceModel services = new ServiceModel();

  /// Carries out an operation; the only right reply.
  public String reply(Operation operation) {
    String reply = carriedOut(operation);
    services.replied(operation, reply);
    return reply;
  }

  private String carriedOut(Operation operation) {
    return switch (operation.function()) {
      case 1 -> read(coils, MOST_BITS, operation);
      case 2 -> read(discrete, MOST_BITS, operation);
      case 3 -> read(holding, MOST_REGISTERS, operation);
      case 4 -> read(input, MOST_REGISTERS, operation);
      case 5, 15 -> write(coils, operation.argument(0), operation.values(1));
      case 6 -> {
        int code = refusal(operation.argument(0), operation.argument(1));
        yield code == 0
            ? write(holding, operation.argument(0), operation.values(1))
            : Operation.exception(code);
      }
      case 16 -> write(holding, operation.argument(0), operation.values(1));
      case 22 -> {
        int current = holding[operation.argument(0)];
        int and = operation.argument(1);
        int or = operation.argument(2);
        yield write(holding, operation.argument(0), (current & and) | (or & ~and));
      }
      case 23 -> {
        write(holding, operation.argument(2), operation.values(3));
        yield read(holding, MOST_REGISTERS, operation);
      }
      default -> services.reply(operation);
    };
  }

  /// The exception code with which function 6 is refused, or 0 if it is not.
  public static int refusal(int address, int value) {
    return value == REFUSED_VALUE && address > FIRST_REFUSING ? address - FIRST_REFUSING : 0;
  }

  private static String read(int[] table, int most, Operation operation) {
    int first = operation.argument(0);
    int count = operation.argument(1);
    if (count < 1 || count > most) {
      return Operation.exception(3);
    }
    return first + count <= table.length
        ? Operation.ok(Arrays.copyOfRange(table, first, first + count))
        : Operation.exception(2);
  }

  private static String write(int[] table, int first, int... values) {
    if (first + values.length > table.length) {
      return Operation.exception(2);
    }
    System.arraycopy(values, 0, table, first, values.length);
    return Operation.ok();
  }
}
