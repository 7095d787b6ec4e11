/// Descriptions of documents, written once in code. Of each come the reader, the JSON Schema
/// ([JsonSchema]) and the reference of its keys ([MarkdownReference]).
///
/// ```java
/// record Device(Located<String> line, int unit, Duration every) {}
///
/// static final ObjectType<Device> DEVICE =
///     ObjectType.of("device", "One device on a line.", keys -> {
///       Key<Located<String>> line = keys.required("line", Types.located(Types.name()), "Its line.");
///       Key<Integer> unit = keys.required("unit", Types.integer(1, 247), "Its unit id.");
///       Key<Duration> every = keys.optional("every", Types.duration(), "1s", "Poll period.");
///       OptionalKey<String> note = keys.optional("note", Types.text(), "For people.");
///       return fields -> new Device(fields.get(line), fields.get(unit), fields.get(every));
///     });
///
/// static final ObjectType<Plant> PLANT =
///     ObjectType.of("plant", "One plant.", keys -> {
///       Key<Map<String, Line>> lines = keys.required("lines", Types.map(LINE), "By name.");
///       Key<Map<String, Device>> devices = keys.optional("devices", Types.map(DEVICE), "{}", "…");
///       return fields -> {
///         for (Device device : fields.get(devices).values()) {
///           if (!fields.names(lines).contains(device.line().value())) {
///             fields.problems().unknownName(
///                 device.line().where(), "line", device.line().value(), fields.names(lines));
///           }
///         }
///         return new Plant(fields.get(lines), fields.get(devices));
///       };
///     });
///
/// Reading<Plant> plant = new DocumentReader(System::getenv).read(Path.of("plant.yaml"), PLANT);
/// ```
///
/// An `IllegalArgumentException` of a record's constructor becomes a problem at its mapping. Lists
/// and maps keep the entries that are right, and optional keys that are wrong count as absent, so
/// that cross-checks see as much as possible; the value of a document with errors is never handed
/// out. Keys that begin with `x-` are free, for anchors and notes.
@NullMarked
package io.plantbus.devices.document.type;

import org.jspecify.annotations.NullMarked;
