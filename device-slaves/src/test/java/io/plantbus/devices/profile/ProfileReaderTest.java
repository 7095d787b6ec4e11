package io.plantbus.devices.profile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.plantbus.devices.TagValue;
import io.plantbus.devices.document.DocumentReader;
import io.plantbus.devices.document.Reading;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProfileReaderTest {
  private final ProfileReader reader = new ProfileReader(new DocumentReader(_ -> null));

  @Test
  void aFileOfEdgexIsReadAsItStands() {
    DeviceProfile profile =
        reader
            .parse(
                "hvac.yaml",
                """
                apiVersion: "v3"
                name: "Room-Unit"
                manufacturer: "Somebody"
                model: "RU-1"
                labels:
                - "HVAC"
                description: "An air conditioner"
                deviceResources:
                -
                  name: "Switch"
                  isHidden: true
                  description: "On/Off"
                  attributes:
                    { primaryTable: "COILS", startingAddress: "14" }
                  properties:
                    valueType: "Bool"
                    readWrite: "RW"
                    scale: 1
                    minimum: 0
                    maximum: 1
                    defaultValue: "0"
                -
                  name: "RoomTemperature"
                  attributes:
                    { primaryTable: "INPUT_REGISTERS", startingAddress: 3, rawType: "INT16" }
                  properties: { valueType: "Float32", readWrite: "R", scale: "0.1", units: "Cel" }
                -
                  name: "Failure"
                  attributes: { primaryTable: "HOLDING_REGISTERS", startingAddress: 10.10 }
                  properties: { valueType: "Bool", readWrite: "R" }
                deviceCommands:
                -
                  name: "Values"
                  readWrite: "RW"
                  isHidden: false
                  resourceOperations:
                    - { deviceResource: "Switch", mappings: {"true":"ON","false":"OFF"} }
                """)
            .valueOrThrow();

    assertEquals("Room-Unit", profile.name());
    assertEquals(DeviceProfile.Bus.MODBUS, profile.bus());
    assertEquals(RequestLimits.SPECIFICATION, profile.limits());
    DeviceResource onOff = Objects.requireNonNull(profile.resource("Switch"));
    assertEquals(
        new Point.Modbus(
            DataTable.COILS, new AddressRange(14, 1), RegisterEncoding.of(DataType.BOOL)),
        onOff.point());
    assertEquals(DeviceResource.Access.READ_WRITE, onOff.access());
    assertEquals(TagValue.of(false), onOff.initial());
    assertEquals(
        new RegisterEncoding(DataType.INT16, RegisterOrder.ABCD, 0, 0, 0, 0.1, 0, List.of()),
        modbus(profile, "RoomTemperature").encoding());
    assertEquals(
        new RegisterEncoding(DataType.BOOL, RegisterOrder.ABCD, 0, 10, 1, 1, 0, List.of()),
        modbus(profile, "Failure").encoding());
  }

  @ParameterizedTest
  @CsvSource({
    "isByteSwap: true, BADC",
    "isWordSwap: true, CDAB",
    "'isWordSwap: true, isByteSwap: true', DCBA",
    "'isWordSwap: false, order: DCBA', DCBA",
    "order: GHEFCDAB, CDAB",
    "isByteSwap: false, ABCD",
  })
  void ordersComeFromSwapFlagsOrLetters(String attribute, RegisterOrder order) {
    Point.Modbus point =
        point("{primaryTable: INPUT_REGISTERS, startingAddress: 1, " + attribute + "}", "Float32");
    assertEquals(order, point.encoding().order());
    assertEquals(new AddressRange(1, 2), point.range());
  }

  @ParameterizedTest
  @CsvSource({
    "7, 7",
    "0x10, 16",
    "010, 10",
    "holding:7, 7",
    "hr7, 7",
    "400008, 7",
    "4x00008, 7",
  })
  void addressesAreZeroBasedUnlessTheyAreModiconForms(String address, int zeroBased) {
    String attributes = "{primaryTable: HOLDING_REGISTERS, startingAddress: " + address + "}";
    assertEquals(zeroBased, point(attributes, "Uint16").range().start());
  }

  @Test
  void anAddressCanNameTheTable() {
    assertEquals(DataTable.INPUT_REGISTERS, point("{startingAddress: 'input:3'}", "Int64").table());
  }

  @Test
  void bitFieldsComeFromBitsOrMaskAndShift() {
    String table = "primaryTable: HOLDING_REGISTERS, startingAddress: 0";
    RegisterEncoding bits =
        point("{" + table + ", bits: {first: 4, count: 3}}", "Uint16").encoding();
    RegisterEncoding masked =
        point("{" + table + "}", "Uint16, mask: 0x0070, shift: -4").encoding();
    RegisterEncoding unshifted = point("{" + table + "}", "Uint16, mask: 0x0070").encoding();

    assertEquals(bits, masked);
    assertEquals(4, bits.firstBit());
    assertEquals(3, bits.bitCount());
    assertEquals(4, unshifted.firstBit());
    assertEquals(16, unshifted.scale());
  }

  @Test
  void sentinelsAreBitPatternsOfTheRawType() {
    String attributes =
        "{startingAddress: hr0, rawType: Int16, sentinels: [-32768, 0x7FFF, 0xFFFF]}";
    assertEquals(
        List.of(0x8000L, 0x7FFFL, 0xFFFFL), point(attributes, "Float32").encoding().sentinels());
  }

  @Test
  void stringsHaveALengthInRegisters() {
    Point.Modbus point = point("{startingAddress: hr15, stringRegisterSize: 5}", "String");
    assertEquals(new AddressRange(15, 5), point.range());
    assertEquals(10, point.encoding().length());
  }

  @Test
  void i2cResourcesAreRegistersOrChannels() {
    DeviceProfile profile =
        reader
            .parse(
                "t.yaml",
                """
                name: t
                plantbus: {bus: i2c, driver: ads1115, maxReadRegisters: 10, version: 2.10}
                deviceResources:
                  - name: a
                    attributes: {i2cRegister: 0x1F, pec: true, order: BADC}
                    properties: {valueType: Uint16, readWrite: R}
                  - name: b
                    attributes: {channel: ain0}
                    properties: {valueType: Float32, readWrite: R, scale: 2, offset: -1}
                  - name: c
                    attributes: {driver: sht31, channel: humidity}
                    properties: {valueType: Float32, readWrite: R}
                """)
            .valueOrThrow();

    assertEquals(DeviceProfile.Bus.I2C, profile.bus());
    assertEquals(new RequestLimits(10, 2000, 123, 1968), profile.limits());
    assertEquals("2.10", profile.version());
    assertEquals(
        List.of(
            new Point.I2cRegister(
                0x1F, RegisterEncoding.of(DataType.UINT16, RegisterOrder.BADC), true),
            new Point.I2cChannel("ads1115", "ain0", 2, -1),
            new Point.I2cChannel("sht31", "humidity", 1, 0)),
        profile.resources().stream().map(DeviceResource::point).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "Float32, 1.5, 1.5",
    "Int16, -7, -7",
    "Uint16, 7.0, 7",
    "Uint64, 18446744073709551615, 18446744073709551615",
    "Bool, true, true",
    "'Uint16, scale: 0.1', 7, 7.0",
  })
  void initialValuesHaveTheTypeOfTheResource(String type, String text, String shown) {
    DeviceProfile profile =
        reader
            .parse("t.yaml", resource("{startingAddress: hr0}", type + ", defaultValue: " + text))
            .valueOrThrow();
    assertEquals(shown, String.valueOf(profile.resources().getFirst().initial()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          {} | Int16 | it is not said where the resource lies; write one of: primaryTable and startingAddress; i2cRegister; driver and channel
          {channel: a, i2cRegister: 1} | Int16 | the resource lies in more than one place; write one of: primaryTable and startingAddress; i2cRegister; driver and channel
          {channel: a} | Int16 | the channel has no driver; write 'driver:' here or under 'plantbus'
          {primaryTable: COILS} | Bool | required key 'startingAddress' is missing; write a number 0..65535
          {startingAddress: 5} | Int16 | the address names no table; write 'primaryTable:' beside it, or an address such as holding:5
          {primaryTable: HOLDING_REGISTERS, startingAddress: 65536} | Int16 | '65536' lies beyond the last address; write at most 65535, counted from 0
          {primaryTable: HOLDING_REGISTERS, startingAddress: 65535} | Float32 | 2 registers from holding:65535 (465536) on go beyond the last address, 65535; write a smaller startingAddress
          {primaryTable: HOLDING_REGISTERS, startingAddress: 10.1} | Bool | a bit is written with two digits, 00..15; write 10.01 for bit 1, or use 'bits'
          {primaryTable: HOLDING_REGISTERS, startingAddress: ir5} | Int16 | 'ir5' lies in the table of input elements, but primaryTable says otherwise; remove primaryTable, or write holding:5
          {startingAddress: hx5} | Int16 | 'hx5' names no table; write coil, discrete, input or holding (co, di, ir, hr) before the address
          {primaryTable: HOLDING_REGISTER, startingAddress: 0} | Int16 | 'HOLDING_REGISTER' is not one of COILS, DISCRETES_INPUT, INPUT_REGISTERS, HOLDING_REGISTERS; did you mean 'HOLDING_REGISTERS'?
          {startingAddress: co0} | Float32 | an element of the table of coils is one bit; write 'valueType: Bool' without rawType and bits, or another primaryTable
          {startingAddress: hr0, rawType: Float31} | Float32 | 'Float31' is not one of Bool, Int16, Uint16, Int32, Uint32, Int64, Uint64, Float32, Float64, Bcd16, Bcd32, String; did you mean 'Float32'?
          {startingAddress: hr0, order: CDAB, isWordSwap: true} | Float32 | has 'order' and swap flags; keep one of the two
          {startingAddress: hr0, bits: {first: 14, count: 3}} | Uint16 | bits 14..16 do not lie within the 16 bits of the raw value; write a smaller field, or a wider rawType
          {startingAddress: hr0, bits: {first: 1}} | Float32 | only integers have bit fields; write a rawType such as Uint16
          {startingAddress: hr0, bits: {first: 1}} | Uint16, mask: 2 | the bits are told more than once; keep one of: bits; mask and shift; the bit in startingAddress
          {startingAddress: hr0, bits: {first: 1, count: 2}, rawType: Uint16} | Bool | a Bool is one bit of one register; write 'rawType: Uint16', the register's address and 'bits: {first: 0..15}'
          {startingAddress: hr0} | Uint16, mask: 0x0101 | the bits of the mask are not neighbours; write a mask such as 0x00F0 with shift -4
          {startingAddress: hr0} | Uint16, mask: 0x0F, shift: -4 | mask and shift leave no bit; write a mask such as 0x00F0 with shift -4
          {startingAddress: hr0, sentinels: [0x10000]} | Uint16 | 65536 does not fit the 16 bits of the raw value; write raw values, before scale and offset
          {startingAddress: hr0} | String | required key 'stringRegisterSize' is missing; write the number of registers, 1..125
          {startingAddress: hr0, stringRegisterSize: 2, rawType: Int16} | String | text stays text; write String for both valueType and rawType
          {startingAddress: hr0, stringRegisterSize: 2} | Int16 | only strings have a stringRegisterSize; remove it
          {startingAddress: hr0} | Int16, base: 2 | a base, which makes a power of the value, is not supported; remove it
          {startingAddress: hr0} | Int16, scale: 0 | the scale is 0; write another number, or remove it
          {startingAddress: hr0} | Int16, minimum: 5, maximum: 1 | the minimum is greater than the maximum; exchange them
          {startingAddress: hr0} | Int16, minimum: 5, defaultValue: 1 | 1 lies outside of minimum and maximum; write a value between them
          {startingAddress: hr0} | Int16, defaultValue: 1.5 | '1.5' is not a value of type int16; write an integer
          {startingAddress: co0} | Bool, defaultValue: on | 'on' is not a value of type bool; write true or false
          {startingAddress: hr0} | Float32, defaultValue: warm | 'warm' is not a value of type float32; write a number
          """)
  void everyKindOfMistakeHasItsMessage(String attributes, String type, String message) {
    assertEquals(message, problem(resource(attributes, type)));
  }

  @Test
  void readOnlyTablesCannotBeWritten() {
    assertEquals(
        "input registers cannot be written; write 'readWrite: R', or another primaryTable",
        problem(
            resource("{startingAddress: ir0}", "Int16").replace("readWrite: R", "readWrite: RW")));
  }

  @Test
  void aModiconReferenceInTheZeroBasedFormIsWarnedOf() {
    Reading<DeviceProfile> reading =
        reader.parse(
            "t.yaml",
            resource("{primaryTable: HOLDING_REGISTERS, startingAddress: 40101}", "Int16"));
    assertEquals(
        "t.yaml:4:68: warning: deviceResources[0].attributes.startingAddress: 40101 is taken as it"
            + " stands, counted from 0; if the Modicon reference is meant, write holding:100",
        reading.report());
    assertEquals(
        40101,
        ((Point.Modbus) reading.valueOrThrow().resources().getFirst().point()).range().start());
  }

  @Test
  void bitFieldsBesideEachOtherAndInAWholeRegisterPass() {
    assertEquals(
        "",
        two(
            "{startingAddress: hr3, bits: {first: 0}}", "Bool",
            "{startingAddress: hr3, bits: {first: 1, count: 3}}", "Uint16"));
    assertEquals(
        "",
        two(
            "{startingAddress: hr3}",
            "Uint32",
            "{startingAddress: hr4, bits: {first: 1}}",
            "Bool"));
  }

  @Test
  void twoReadingsOfTheSameRegistersAreWarnedOf() {
    assertEquals(
        "t.yaml:6:11: warning: deviceResources[1].name: lies in the same registers as 'a': holding"
            + " 3..4; check the address, or leave one of them away",
        two("{startingAddress: hr3}", "Uint32", "{startingAddress: hr3}", "Float32"));
    assertEquals(
        "t.yaml:6:11: warning: deviceResources[1].name: lies in the same registers as 'a': holding"
            + " 3; check the address, or leave one of them away",
        two(
            "{startingAddress: hr3, bits: {first: 0, count: 2}}", "Uint16",
            "{startingAddress: hr3, bits: {first: 1, count: 3}}", "Uint16"));
  }

  @Test
  void halvesOfDifferentValuesAreAMistake() {
    assertEquals(
        "t.yaml:7:17: deviceResources[1].attributes: lies in the same registers as 'a': holding"
            + " 3..4; check startingAddress and type of both",
        two("{startingAddress: hr3}", "Float32", "{startingAddress: hr4}", "Float32"));
  }

  @Test
  void namesAreUniqueAndADeviceHasOneBus() {
    String report =
        two("{startingAddress: hr3}", "Int16", "{driver: sht31, channel: x}", "Float32")
            .concat("\n")
            .concat(
                reader
                    .parse(
                        "t.yaml",
                        resource("{startingAddress: hr3}", "Int16")
                            + resource("{startingAddress: hr4}", "Int16").split("\n", 3)[2])
                    .report());
    assertEquals(
        """
        t.yaml:7:17: deviceResources[1].attributes: the resource lies on another bus than its device; give each device one bus
        t.yaml:6:11: deviceResources[1].name: there is a resource 'a' already; write another name""",
        report);
  }

  private String two(String first, String firstType, String second, String secondType) {
    String more = resource(second, secondType).split("\n", 3)[2].replace("name: a", "name: b");
    return reader.parse("t.yaml", resource(first, firstType) + more).report();
  }

  private String problem(String profile) {
    Reading<DeviceProfile> reading = reader.parse("t.yaml", profile);
    assertNull(reading.value(), reading::report);
    assertEquals(1, reading.problems().size(), reading::report);
    String remedy = reading.problems().getFirst().remedy();
    return reading.problems().getFirst().message() + (remedy.isEmpty() ? "" : "; " + remedy);
  }

  private Point.Modbus point(String attributes, String type) {
    return (Point.Modbus)
        reader
            .parse("t.yaml", resource(attributes, type))
            .valueOrThrow()
            .resources()
            .getFirst()
            .point();
  }

  private static Point.Modbus modbus(DeviceProfile profile, String name) {
    return (Point.Modbus) Objects.requireNonNull(profile.resource(name)).point();
  }

  private static String resource(String attributes, String type) {
    return """
        name: t
        deviceResources:
          - name: a
            attributes: %s
            properties: {readWrite: R, valueType: %s}
        """
        .formatted(attributes, type);
  }
}
