package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.devices.slave.DeviceIdentity;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import io.plantbus.simulators.bench.UnitServices;
import io.plantbus.simulators.bench.UnitServices.FileContent;
import io.plantbus.simulators.bench.UnitServices.FixedFunction;
import java.util.List;
import java.util.Map;

/// The keys of a simulated unit for what it answers besides its tables.
record ServiceKeys(
    OptionalKey<DeviceIdentity> identity,
    OptionalKey<Response.ServerId> serverId,
    OptionalKey<Integer> exceptionStatus,
    Key<Map<Integer, FileContent>> files,
    Key<Map<Integer, List<Integer>>> queues,
    Key<Map<Integer, FunctionDocument>> functions) {
  private static final int MOST_QUEUED = 1000;

  static ServiceKeys of(Keys keys) {
    return new ServiceKeys(
        keys.optional(
            "identity",
            IdentityDocument.IDENTITY,
            "What it answers to function 43, MEI type 14; what its profile says if left away."),
        keys.optional(
            "server-id",
            IdentityDocument.SERVER_ID,
            "What it answers to function 17; what its profile says if left away."),
        keys.optional(
            "exception-status",
            Types.integer(0, 255),
            "What it answers to function 7: eight outputs, the first in the lowest bit."),
        keys.optional(
            "files",
            Types.map(Types.integer(1, 65_535), FileDocument.TYPE),
            "{}",
            "Files of functions 20 and 21, by number."),
        keys.optional(
            "queues",
            Types.map(Types.integer(0, 65_535), Types.list(TableDocument.WORD, 0, MOST_QUEUED)),
            "{}",
            "FIFO queues of function 24 by their address, each a list of what is in it. One with"
                + " more than 31 registers is refused when it is read."),
        keys.optional(
            "functions",
            Types.map(code(), FunctionDocument.TYPE),
            "{}",
            "User-defined functions by their code, such as 65..72 and 100..110."));
  }

  private static Type<Integer> code() {
    return Types.integer(1, 127)
        .as(
            code -> {
              if (UserFunction.isAssigned(code)) {
                throw new IllegalArgumentException(
                    "function " + code + " is one of the specification; write one such as 65");
              }
              return code;
            });
  }

  UnitServices read(Fields fields) {
    List<FixedFunction> fixed =
        fields.get(functions).entrySet().stream()
            .map(entry -> entry.getValue().function(entry.getKey()))
            .toList();
    return new UnitServices(
        fields.get(identity),
        fields.get(serverId),
        fields.get(exceptionStatus),
        fields.get(files),
        fields.get(queues),
        fixed);
  }
}
