package io.plantbus.devices.document.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.devices.document.type.SamplePlant.Device;
import io.plantbus.devices.document.type.SamplePlant.Line;
import io.plantbus.devices.document.type.SamplePlant.Plant;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectTypeTest {
  private final DocumentReader reader = new DocumentReader(Map.of("BAUD", "9600")::get);

  @Test
  void aRightDocumentGivesItsValuesAndDefaults() {
    Plant plant =
        reader
            .parse(
                "plant.yaml",
                """
                lines:
                  rs485: {type: serial, port: /dev/ttyUSB0, baud: "${BAUD}", parity: N}
                  lan: {type: tcp, host: plc}
                devices:
                  pump: {line: rs485, unit: 0x11}
                  tank: {line: lan, unit: 2, every: 250ms, scale: 0.1, tags: [a, b]}
                """,
                SamplePlant.PLANT)
            .valueOrThrow();

    assertEquals(
        new Line.Serial("/dev/ttyUSB0", 9600, SamplePlant.Parity.NONE), plant.lines().get("rs485"));
    assertEquals(new Line.Tcp("plc", 502), plant.lines().get("lan"));
    assertEquals(List.of("pump", "tank"), List.copyOf(plant.devices().keySet()));
    Device pump = Objects.requireNonNull(plant.devices().get("pump"));
    Device tank = Objects.requireNonNull(plant.devices().get("tank"));
    assertEquals(17, pump.unit());
    assertEquals(Duration.ofSeconds(1), pump.every());
    assertNull(pump.scale());
    assertEquals(Duration.ofMillis(250), tank.every());
    assertEquals(0.1, tank.scale());
    assertEquals(List.of("a", "b"), tank.tags());
  }

  @Test
  void twelveMistakesOfAFileAreToldAtOnce() {
    Reading<Plant> reading =
        reader.parse(
            "plant.yaml",
            """
            lines:
              rs485:
                type: serial
                port: /dev/ttyUSB0
                boud: 9600
                baud: 19201
              lan: {type: tcp, port: 70000}
              old: {type: ascii}
            devices:
              pump:
                line: rs486
                unit: 300
                every: 500
              tank:
                line: rs485
                unit: two
                tags: a
              valve:
                line: [rs485]
                unit: 3
                scale: 0
                x-note: free
              heater:
                line: rs458
                unit: 4
              heater: {}
            """,
            SamplePlant.PLANT);

    assertNull(reading.value());
    assertEquals(
        """
        plant.yaml:5:5: lines.rs485.boud: unknown key 'boud'; did you mean 'baud'?
        plant.yaml:6:11: lines.rs485.baud: 19201 is not a usable baud rate; write one of 9600, 19200, 115200
        plant.yaml:7:8: lines.lan: required key 'host' is missing; write 'host:' and text
        plant.yaml:7:26: lines.lan.port: 70000 is not an integer 1..65535; write a number 1..65535
        plant.yaml:8:15: lines.old.type: 'ascii' is not one of serial, tcp; known are: serial, tcp
        plant.yaml:12:11: devices.pump.unit: 300 is not an integer 1..247; write a number 1..247
        plant.yaml:13:12: devices.pump.every: 500 is not a duration 10ms..1h; write a number and a unit such as 500ms, 1s or 2m, within 10ms..1h
        plant.yaml:16:11: devices.tank.unit: 'two' is not an integer 1..247; write a number 1..247
        plant.yaml:17:11: devices.tank.tags: expected a list of name, found 'a'; begin each item with '- ', or write [ ... ]
        plant.yaml:19:11: devices.valve.line: expected a name, found a list; write letters, digits, '-' and '_'
        plant.yaml:24:11: devices.heater.line: there is no line 'rs458'; did you mean 'rs485'?
        plant.yaml:26:3: devices.heater: key 'heater' stands here twice, first in line 23; keep one of them""",
        reading.report());
  }

  @Test
  void whatAConstructorRefusesIsAProblemAtItsMapping() {
    assertProblem(
        "lines: {}\ndevices: {pump: {line: a, unit: 1, scale: 0}}",
        "t.yaml:2:17: devices.pump: scale must not be 0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          lines            | expected a mapping from name to line, found nothing; write one 'key: value' per line, indented
          lines: 7         | expected a mapping from name to line, found 7; write one 'key: value' per line, indented
          lines: {1a: {type: tcp, host: h}} | '1a' is not a name; write letters, digits, '-' and '_'
          lines: {a: 1}    | expected a line, found 1; write 'type: ...'
          lines: {a: {}}   | required key 'type' is missing; write 'type:' and one of serial, tcp
          lines: {a: {type: [x]}} | expected one of serial, tcp, found a list; write one of them
          lines: {a: {type: serail}} | 'serail' is not one of serial, tcp; did you mean 'serial'?
          lines: {a: {type: serial, port: }} | has no value; write text
          lines: {a: {type: serial, port: p, parity: evn}} | 'evn' is not one of none, even; did you mean 'even'?
          lines: {a: {type: serial, port: p, parity: 7}} | 7 is not one of none, even; write one of them
          lines: {a: {type: serial, port: p, parity: {}}} | expected one of none, even, found a mapping; write one of them
          """)
  void everyKindOfMistakeHasItsMessage(String text, String message) {
    String document = text.endsWith("lines") ? "lines:" : text;
    String report = reader.parse("t.yaml", document, SamplePlant.PLANT).report();
    assertEquals(message, report.replaceFirst("^t.yaml:\\d+:\\d+: [^:]+: ", ""));
  }

  @Test
  void aListHasItsLength() {
    Reading<List<String>> reading =
        reader.parse("t.yaml", "[a, b, c]", Types.list(Types.name(), 1, 2));
    assertEquals("t.yaml:1:1: has 3 items; write 1..2 of them", reading.report());
  }

  @Test
  void aMappingInPlaceOfAListOfKeysIsExpected() {
    Reading<Plant> reading = reader.parse("t.yaml", "- a", SamplePlant.PLANT);
    assertEquals(
        "t.yaml:1:1: expected a plant, found a list; write its keys: lines, devices",
        reading.report());
  }

  @Test
  void aShortFormStandsForAFullOne() {
    Type<List<String>> type = Types.shorthand(Types.name().as(List::of), Types.list(Types.name()));
    assertEquals(List.of("a"), reader.parse("t", "a", type).valueOrThrow());
    assertEquals(List.of("a", "b"), reader.parse("t", "[a, b]", type).valueOrThrow());
  }

  @ParameterizedTest
  @CsvSource({"100us,100000", "500ms,500000000", "1.5s,1500000000", "2m,120000000000", "0s,0"})
  void durationsHaveUnits(String text, long nanos) {
    assertEquals(nanos, reader.parse("t", text, Types.duration()).valueOrThrow().toNanos());
  }

  @ParameterizedTest
  @CsvSource({"'0x7FFFFFFFFFFFFFFF',9223372036854775807", "-12,-12", "+7,7", "010,10"})
  void wholeNumbersAreDecimalOrHexadecimal(String text, long value) {
    Type<Long> type = Types.wholeNumber(Long.MIN_VALUE, Long.MAX_VALUE);
    assertEquals(value, reader.parse("t", text, type).valueOrThrow());
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void flagsAreTrueOrFalse(String text) {
    assertEquals(text, reader.parse("t", text, Types.bool()).valueOrThrow().toString());
    assertEquals(
        "t:1:1: 'yes' is not true or false; write true or false",
        reader.parse("t", "yes", Types.bool()).report());
  }

  @ParameterizedTest
  @ValueSource(strings = {"nan", "1e999", "1,5", "0x10", "abc"})
  void numbersAreFinite(String text) {
    String shown =
        Character.isDigit(text.charAt(0)) && !text.equals("1,5") ? text : "'" + text + "'";
    assertEquals(
        "t:1:1: " + shown + " is not a number; write a number such as 0.1",
        reader.parse("t", text, Types.real()).report());
  }

  @Test
  void aDefaultThatItsTypeDoesNotReadIsAMistakeOfTheProgram() {
    assertThrows(
        IllegalStateException.class,
        () ->
            ObjectType.of(
                "broken",
                "",
                keys -> {
                  Key<Integer> key = keys.optional("n", Types.integer(1, 5), "6", "");
                  return fields -> fields.get(key);
                }));
  }

  private void assertProblem(String text, String problem) {
    assertEquals(problem, reader.parse("t.yaml", text, SamplePlant.PLANT).report());
  }
}
