package io.plantbus.simulators.twin;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who a slave said it is, and how that stands in a bench file.
final class TwinIdentity {
  private static final List<String> NAMES =
      List.of("vendor", "product", "revision", "url", "product-name", "model", "application");
  private static final int FIRST_OF_VENDOR = 0x80;

  private final Map<Integer, ByteBlock> objects = new TreeMap<>();
  private @Nullable ByteBlock serverId;
  private int exceptionStatus = -1;

  /// Learns from the answer to anything but an access to tables.
  void learn(Response response) {
    if (response instanceof Response.DeviceIdentification identification) {
      for (DeviceObject object : identification.objects()) {
        objects.put(object.id(), object.value());
      }
    } else if (response instanceof Response.ServerId(ByteBlock data)) {
      serverId = data;
    } else if (response instanceof Response.ExceptionStatus(int outputs)) {
      exceptionStatus = outputs;
    }
  }

  /// The keys of a unit in a bench file.
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    if (objects.keySet().containsAll(List.of(0, 1, 2))) {
      keys.add("identity: {" + objects() + "}");
    }
    ByteBlock id = serverId;
    // How long the id is, the specification leaves to the device: one byte is usual.
    if (id != null && id.length() >= 2 && (id.byteAt(1) == 0 || id.byteAt(1) == 0xFF)) {
      keys.add(
          "server-id: {id: %d, running: %s, data: %s}"
              .formatted(id.byteAt(0), id.byteAt(1) == 0xFF, text(id.slice(2, id.length() - 2))));
    }
    if (exceptionStatus >= 0) {
      keys.add("exception-status: " + exceptionStatus);
    }
    return keys;
  }

  private String objects() {
    String named =
        objects.entrySet().stream()
            .filter(each -> each.getKey() < NAMES.size())
            .map(each -> NAMES.get(each.getKey()) + ": " + text(each.getValue()))
            .collect(Collectors.joining(", "));
    String others =
        objects.entrySet().stream()
            .filter(each -> each.getKey() >= FIRST_OF_VENDOR)
            .map(each -> each.getKey() + ": " + text(each.getValue()))
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? named : named + ", objects: {" + others + "}";
  }

  /// Text in quotes, or bytes as a list where it is none.
  private static String text(ByteBlock value) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      int each = value.byteAt(i);
      if (each < ' ' || each > '~' || each == '$') {
        return Arrays.toString(unsigned(value));
      }
      text.append(each == '"' || each == '\\' ? "\\" : "").append((char) each);
    }
    return text.append('"').toString();
  }

  private static int[] unsigned(ByteBlock value) {
    int[] bytes = new int[value.length()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = value.byteAt(i);
    }
    return bytes;
  }
}
