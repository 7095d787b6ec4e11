package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.Problems;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Definitions;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.LineDirection.Switching;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Who turns an RS-485 driver: `off`, `kernel` or `rts`; `true` is the kernel, `false` nobody.
final class DirectionType implements Type<Switching> {
  private static final ChoiceType<Switching> WORDS =
      ChoiceType.of("off", Switching.NONE).or("kernel", Switching.KERNEL).or("rts", Switching.RTS);

  static final Type<Switching> INSTANCE = new DirectionType();

  private final Type<Switching> read = WORDS.alias("kernel", "true").alias("off", "false");

  private DirectionType() {}

  @Override
  public @Nullable Switching read(Node node, Problems problems) {
    return read.read(node, problems);
  }

  @Override
  public String phrase() {
    return WORDS.phrase();
  }

  @Override
  public Map<String, Object> schema(Definitions definitions) {
    return Map.of("anyOf", List.of(WORDS.schema(definitions), Types.bool().schema(definitions)));
  }
}
