package io.plantbus.app.config;

import io.plantbus.devices.document.Node;
import io.plantbus.devices.document.listen.ListeningKeys;
import io.plantbus.devices.document.type.Key;
import io.plantbus.devices.document.type.Keys;
import io.plantbus.devices.document.type.Located;
import io.plantbus.devices.document.type.ObjectType;
import io.plantbus.devices.document.type.OptionalKey;
import io.plantbus.devices.document.type.Type;
import io.plantbus.devices.document.type.Types;
import io.plantbus.hal.ListenSettings;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.RegisterAddress;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.security.AuthorizationRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is served to SCADA systems, as written.
///
/// @param host to listen on
/// @param port to listen on; null for the usual one
/// @param listening which clients are served, and how many of them
/// @param writeTimeToLive how long a write may wait before it is sent
/// @param tls how it is secured; null if it is not
/// @param authorisation who may do what; null if it is not written
/// @param points by their address
record ScadaDocument(
    String host,
    @Nullable Integer port,
    ListenSettings listening,
    Duration writeTimeToLive,
    @Nullable ScadaTls tls,
    @Nullable Located<List<AuthorizationRule>> authorisation,
    Map<RegisterAddress, PointDocument> points) {
  private static final int MOST_RULES = 1024;
  private static final int USUAL_CLIENTS = 16;

  /// A served point as written.
  ///
  /// @param tag the tag's name
  /// @param encoding how it lies in registers; null for what fits the tag
  /// @param writable whether clients may write it
  /// @param where its node
  record PointDocument(
      Located<String> tag, @Nullable Encoder encoding, boolean writable, Node where) {
    private static PointDocument ofTag(Located<String> tag) {
      return new PointDocument(tag, null, false, tag.where());
    }
  }

  /// Makes the encoding of a point once its table is known.
  @FunctionalInterface
  interface Encoder {
    /// The encoding in a table.
    ///
    /// @throws IllegalArgumentException if what is written does not go together
    RegisterEncoding of(DataTable table);
  }

  private static final Type<PointDocument> POINT =
      Types.shorthand(
          Types.located(Types.name()).as(PointDocument::ofTag),
          ObjectType.of("served point", "One tag in the served map.", ScadaDocument::pointKeys));

  /// The endpoint.
  static final Type<ScadaDocument> TYPE =
      ObjectType.of(
          "SCADA endpoint",
          "Serves tags over Modbus TCP. A value that is old or bad is answered with exception 0B.",
          ScadaDocument::keys);

  private static ObjectType.Maker<PointDocument> pointKeys(Keys keys) {
    Key<Located<String>> tag =
        keys.required("tag", Types.located(Types.name()), "The tag that is served.");
    PointKeys point = PointKeys.of(keys);
    Key<Boolean> writable =
        keys.optional("writable", Types.bool(), "false", "Whether clients may write it.");
    return fields -> {
      boolean typed = point.written(fields) != null;
      if (!typed) {
        point.refuse(fields, "type");
      }
      return new PointDocument(
          fields.get(tag),
          typed ? table -> point.encoding(fields, table) : null,
          fields.get(writable),
          fields.node());
    };
  }

  private static ObjectType.Maker<ScadaDocument> keys(Keys keys) {
    Key<String> host =
        keys.optional(
            "host",
            Types.text(),
            "127.0.0.1",
            "Address to listen on; `0.0.0.0` lets everybody in the network write what is writable.");
    OptionalKey<Integer> port =
        keys.optional(
            "port",
            Types.integer(0, 65_535),
            "TCP port; 0 for any, 1502 if left away, and 802 with `tls`.");
    ListeningKeys listening = ListeningKeys.of(keys, USUAL_CLIENTS, "for ever");
    Key<Duration> timeToLive =
        keys.optional(
            "write-ttl",
            Types.duration(Duration.ofMillis(10), Duration.ofMinutes(1)),
            "2s",
            "How long a client's write may wait before it is sent to the device.");
    OptionalKey<ScadaTls> tls =
        keys.optional("tls", ScadaTls.TYPE, "Secures the endpoint; not secured if left away.");
    OptionalKey<Located<List<AuthorizationRule>>> authorisation =
        keys.optional(
            "authorisation",
            Types.located(Types.list(RuleDocument.TYPE, 0, MOST_RULES)),
            "Who may do what; only with `tls`, where nobody may do anything that no rule allows.");
    Key<Map<RegisterAddress, PointDocument>> points =
        keys.required("points", Types.map(PointKeys.ADDRESS, POINT), "Tags by their address.");
    return fields ->
        new ScadaDocument(
            fields.get(host),
            fields.get(port),
            listening.settings(fields),
            fields.get(timeToLive),
            fields.get(tls),
            fields.get(authorisation),
            fields.get(points));
  }
}
