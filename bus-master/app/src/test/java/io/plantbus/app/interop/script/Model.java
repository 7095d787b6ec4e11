package io.plantbus.app.interop.script;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// The unit that is asked, as simply as it can be told: [#BITS] bits and [#REGISTERS] registers in
/// each table, from address 0 on. Every server starts with the same values.
public final class Model {
  public static final int BITS = 2000;
  public static final int REGISTERS = 128;
  public static final IntUnaryOperator COIL = i -> i % 3 == 0 ? 1 : 0;
  public static final IntUnaryOperator DISCRETE = i -> i % 5 == 0 ? 1 : 0;
  public static final IntUnaryOperator HOLDING = i -> i * 257 + 1;
  public static final IntUnaryOperator INPUT = i -> 65_535 - 3 * i;

  private final int[] coils = IntStream.range(0, BITS).map(COIL).toArray();
  private final int[] discrete = IntStream.range(0, BITS).map(DISCRETE).toArray();
  private final int[] holding = IntStream.range(0, REGISTERS).map(HOLDING).toArray();
  private final int[] input = IntStream.range(0, REGISTERS).map(INPUT).toArray();

  /// Carries out an operation; the only right reply.
  public String reply(Operation operation) {
    int first = operation.argument(0);
    int second = operation.argument(1);
    return switch (operation.function()) {
      case 1 -> read(coils, first, second);
      case 2 -> read(discrete, first, second);
      case 3 -> read(holding, first, second);
      case 4 -> read(input, first, second);
      case 5, 15 -> write(coils, first, operation.values(1));
      case 6, 16 -> write(holding, first, operation.values(1));
      case 22 -> {
        int and = second;
        int or = operation.argument(2);
        yield write(holding, first, (holding[first] & and) | (or & ~and));
      }
      case 23 -> {
        write(holding, operation.argument(2), operation.values(3));
        yield read(holding, first, second);
      }
      default -> throw new IllegalArgumentException("no function " + operation.function());
    };
  }

  private static String read(int[] table, int first, int count) {
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
