package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.slave.DeviceIdentity;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a simulated unit tells who it is.
final class IdentityDocument {
  private static final int MOST_ID_BYTES = 250;
  private static final Type<ByteBlock> OBJECT = BytesType.atMost(DeviceObject.MAX_VALUE_BYTES);

  /// The names of objects 0 to 6 in the order of their ids.
  private record Objects(
      Key<ByteBlock> vendor,
      Key<ByteBlock> product,
      Key<ByteBlock> revision,
      List<OptionalKey<ByteBlock>> regular,
      Key<Map<Integer, ByteBlock>> extended) {
    static Objects of(Keys keys) {
      return new Objects(
          keys.required("vendor", OBJECT, "Object 0."),
          keys.required("product", OBJECT, "Object 1, the product code."),
          keys.required("revision", OBJECT, "Object 2."),
          List.of(
              keys.optional("url", OBJECT, "Object 3, the vendor's."),
              keys.optional("product-name", OBJECT, "Object 4."),
              keys.optional("model", OBJECT, "Object 5."),
              keys.optional("application", OBJECT, "Object 6, the user's.")),
          keys.optional(
              "objects",
              Types.map(Types.integer(0x80, 0xFF), OBJECT),
              "{}",
              "Further ones by their id."));
    }

    DeviceIdentity read(Fields fields) {
      List<DeviceObject> objects = new ArrayList<>();
      objects.add(new DeviceObject(0, fields.get(vendor)));
      objects.add(new DeviceObject(1, fields.get(product)));
      objects.add(new DeviceObject(2, fields.get(revision)));
      for (int i = 0; i < regular.size(); i++) {
        ByteBlock value = fields.get(regular.get(i));
        if (value != null) {
          objects.add(new DeviceObject(3 + i, value));
        }
      }
      fields.get(extended).forEach((id, value) -> objects.add(new DeviceObject(id, value)));
      return new DeviceIdentity(objects);
    }
  }

  static final ObjectType<DeviceIdentity> IDENTITY =
      ObjectType.of(
          "simulated identity",
          "Objects of a device identification, each as text or as a list of bytes.",
          keys -> Objects.of(keys)::read);

  static final ObjectType<Response.ServerId> SERVER_ID =
      ObjectType.of(
          "simulated server id",
          "Who a unit is in the way of serial lines.",
          keys -> {
            Key<ByteBlock> id =
                keys.required(
                    "id",
                    Types.shorthand(
                        Types.integer(0, 255).as(ByteBlock::of),
                        Types.list(Types.integer(0, 255), 0, MOST_ID_BYTES)
                            .as(
                                bytes ->
                                    ByteBlock.of(
                                        bytes.stream().mapToInt(Integer::intValue).toArray()))),
                    "One byte or several.");
            Key<Boolean> running =
                keys.optional("running", Types.bool(), "true", "Whether it says that it runs.");
            OptionalKey<ByteBlock> data =
                keys.optional(
                    "data", BytesType.atMost(MOST_ID_BYTES), "What follows, as text or bytes.");
            return fields -> {
              ByteBlock more = fields.get(data);
              ByteBlock additional = more == null ? ByteBlock.EMPTY : more;
              int bytes = fields.get(id).length() + additional.length();
              if (bytes > MOST_ID_BYTES) {
                throw new IllegalArgumentException(
                    "id and data have %d bytes; at most %d fit an answer"
                        .formatted(bytes, MOST_ID_BYTES));
              }
              return Response.ServerId.of(fields.get(id), fields.get(running), additional);
            };
          });

  private IdentityDocument() {}
}
