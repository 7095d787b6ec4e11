package io.plantbus.simulators.bench.document;

import io.plantbus.devices.document.listen.ListeningKeys;
import io.plantbus.devices.document.type.ChoiceType;
import io.plantbus.devices.document.type.Fields;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.TlsFiles;
import io.plantbus.protocols.modbus.framing.StreamFraming;
import io.plantbus.simulators.bench.BenchLine;
import io.plantbus.simulators.bench.Listening;
import java.util.Map;

/// TCP and UDP endpoints of a bench file.
final class NetworkLineDocument {
  private static final int USUAL_CLIENTS = 64;

  private NetworkLineDocument() {}

  /// Where a line listens.
  private record Place(Key<String> host, Key<Integer> port, ListeningKeys clients) {
    static Place of(Keys keys, String protocol, String idleUsually) {
      return new Place(
          keys.optional("host", Types.text(), "127.0.0.1", "Local name or address."),
          keys.required("port", Types.integer(0, 65_535), protocol + " port; 0 for any free one."),
          ListeningKeys.of(keys, USUAL_CLIENTS, idleUsually));
    }

    Listening listening(Fields fields) {
      return new Listening(fields.get(host), fields.get(port), clients.settings(fields));
    }
  }

  /// A TCP endpoint.
  static ObjectType<BenchLine.Tcp> tcp(SlaveDocument slaves) {
    return ObjectType.of(
        "TCP bench line",
        "A TCP endpoint.",
        keys -> {
          Place place = Place.of(keys, "TCP", "for ever");
          Key<StreamFraming> framing =
              keys.optional(
                  "framing",
                  ChoiceType.of("mbap", StreamFraming.MBAP)
                      .or("rtu", StreamFraming.RTU)
                      .or("ascii", StreamFraming.ASCII),
                  "mbap",
                  "`mbap` is Modbus TCP; `rtu` and `ascii` are frames of a serial line over TCP.");
          OptionalKey<TlsFiles> tls =
              keys.optional(
                  "tls", BenchTls.TYPE, "Secures the endpoint; not secured if left away.");
          Key<Map<Integer, SlaveDocument.UnitEntry>> units = units(keys, slaves);
          return fields -> {
            TlsFiles files = fields.get(tls);
            if (files != null && fields.get(framing) != StreamFraming.MBAP) {
              fields
                  .problems()
                  .error(
                      fields.node(framing),
                      "TLS carries frames of Modbus TCP only",
                      "write framing: mbap, or leave tls out");
              return null;
            }
            return new BenchLine.Tcp(
                fields.name(),
                place.listening(fields),
                fields.get(framing),
                files,
                SlaveDocument.units(fields.name(), fields.get(units)));
          };
        });
  }

  /// A UDP endpoint.
  static ObjectType<BenchLine.Udp> udp(SlaveDocument slaves) {
    return ObjectType.of(
        "UDP bench line",
        "A UDP endpoint, a frame of Modbus TCP in each datagram. Each peer that was heard is a client.",
        keys -> {
          Place place = Place.of(keys, "UDP", "30 s");
          Key<Map<Integer, SlaveDocument.UnitEntry>> units = units(keys, slaves);
          return fields ->
              new BenchLine.Udp(
                  fields.name(),
                  place.listening(fields),
                  SlaveDocument.units(fields.name(), fields.get(units)));
        });
  }

  private static Key<Map<Integer, SlaveDocument.UnitEntry>> units(Keys keys, SlaveDocument slaves) {
    return keys.required("units", Types.map(Types.integer(0, 255), slaves.unit()), "By unit id.");
  }
}
