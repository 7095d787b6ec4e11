package io.plantbus.app.scada;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.StillMaster;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.hal.ListenSettings;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.write.WriteOutcome;
import io.plantbus.protocols.modbus.AddressRange;
import io.plantbus.protocols.modbus.BitBlock;
import io.plantbus.protocols.modbus.DataTable;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.Response.DeviceIdentification;
import io.plantbus.protocols.modbus.Response.ServerId;
import io.plantbus.protocols.modbus.encoding.DataType;
import io.plantbus.protocols.modbus.encoding.RegisterEncoding;
import io.plantbus.protocols.modbus.encoding.RegisterOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ScadaDeskTest {
  private static final RegisterEncoding FLOAT =
      RegisterEncoding.of(DataType.FLOAT32, RegisterOrder.CDAB);

  private final StillMaster master = new StillMaster();
  private final List<Response> replies = new ArrayList<>();
  private final ScadaDesk desk =
      new ScadaDesk(
          master,
          new ScadaSpec(
              "127.0.0.1",
              0,
              ListenSettings.of(4),
              1_000_000_000L,
              null,
              List.of(
                  new ScadaPoint("tank.level", DataTable.HOLDING_REGISTERS, 100, FLOAT, true),
                  new ScadaPoint(
                      "tank.count",
                      DataTable.HOLDING_REGISTERS,
                      102,
                      RegisterEncoding.of(DataType.UINT16),
                      true),
                  new ScadaPoint("tank.level", DataTable.INPUT_REGISTERS, 0, FLOAT, false),
                  new ScadaPoint(
                      "tank.pump", DataTable.COILS, 7, RegisterEncoding.of(DataType.BOOL), true))));

  @BeforeEach
  void everythingIsGood() {
    master.good("tank.level", TagValue.of(1.5));
    master.good("tank.count", TagValue.of(7));
    master.good("tank.pump", TagValue.of(true));
  }

  private Response ask(Request request) {
    replies.clear();
    desk.execute(request, "test", 0, replies::add);
    assertEquals(1, replies.size());
    return replies.getFirst();
  }

  private static Request read(DataTable table, int start, int count) {
    return new Request.Read(table, new AddressRange(start, count));
  }

  private static Response refusal(ExceptionCode code) {
    return Response.Refusal.of(code);
  }

  @Test
  void theEndpointSaysWhoItIs() {
    byte[] id =
        assertInstanceOf(ServerId.class, ask(new Request.ReportServerId())).data().toArray();
    assertEquals(0xFF, id[1] & 0xFF);
    assertTrue(new String(id, 2, id.length - 2, StandardCharsets.US_ASCII).startsWith("Plantbus "));
    List<DeviceObject> basic =
        assertInstanceOf(
                DeviceIdentification.class, ask(new Request.ReadDeviceIdentification(1, 0)))
            .objects();
    assertEquals(DeviceObject.of(DeviceObject.VENDOR_NAME, "Plantbus"), basic.getFirst());
    assertEquals(3, basic.size());
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_ADDRESS),
        ask(new Request.ReadDeviceIdentification(4, 0x80)));
  }

  @Test
  void goodValuesAreServedInTheEncodingOfTheMap() {
    assertEquals(
        new Response.Registers(RegisterBlock.of(0x0000, 0x3FC0, 7)),
        ask(read(DataTable.HOLDING_REGISTERS, 100, 3)));
    assertEquals(new Response.Bits(BitBlock.of(true)), ask(read(DataTable.COILS, 7, 1)));
  }

  @Test
  void partOfAValueMayBeRead() {
    assertEquals(
        new Response.Registers(RegisterBlock.of(0x3FC0, 7)),
        ask(read(DataTable.HOLDING_REGISTERS, 101, 2)));
  }

  @Test
  void aValueThatIsNotGoodIsRefusedAndNeverServedAsIfItWereFresh() {
    master.samples.put(
        "tank.level",
        new TagSample(TagValue.of(1.5), Quality.UNCERTAIN_LAST_USABLE_VALUE, 0, 0, "old"));
    assertEquals(
        refusal(ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND),
        ask(read(DataTable.INPUT_REGISTERS, 0, 2)));
    assertEquals(
        new Response.Registers(RegisterBlock.of(7)),
        ask(read(DataTable.HOLDING_REGISTERS, 102, 1)));
  }

  @Test
  void anAddressThatServesNothingIsRefused() {
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_ADDRESS),
        ask(read(DataTable.HOLDING_REGISTERS, 102, 2)));
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_ADDRESS), ask(read(DataTable.DISCRETE_INPUTS, 0, 1)));
  }

  @Test
  void aWriteIsAnsweredOnlyWhenTheDeviceHasAnswered() {
    desk.execute(
        new Request.WriteMultipleRegisters(100, RegisterBlock.of(0x0000, 0x4000, 9)),
        "test",
        0,
        replies::add);
    assertEquals(List.of(), replies);
    assertEquals(TagValue.of(2.0), master.commands.get(0).value());
    assertEquals(TagValue.of(9), master.commands.get(1).value());
    master.outcomes.get(0).accept(new WriteOutcome.Acknowledged());
    assertEquals(List.of(), replies);
    master.outcomes.get(1).accept(new WriteOutcome.Acknowledged());
    assertEquals(List.of(Response.Written.INSTANCE), replies);
  }

  @Test
  void aWriteThatDidNotSucceedSaysWhatHappened() {
    assertEquals(
        new Response.Refusal(4), outcomeOf(new WriteOutcome.Refused(new Response.Refusal(4))));
    assertEquals(
        refusal(ExceptionCode.GATEWAY_TARGET_FAILED_TO_RESPOND),
        outcomeOf(new WriteOutcome.Unknown("no answer")));
    assertEquals(refusal(ExceptionCode.SERVER_DEVICE_BUSY), outcomeOf(new WriteOutcome.Expired()));
    assertEquals(
        refusal(ExceptionCode.SERVER_DEVICE_BUSY),
        outcomeOf(new WriteOutcome.Rejected("queue full")));
  }

  private Response outcomeOf(WriteOutcome outcome) {
    replies.clear();
    master.outcomes.clear();
    desk.execute(new Request.WriteSingleCoil(7, false), "test", 0, replies::add);
    master.outcomes.getFirst().accept(outcome);
    return replies.getFirst();
  }

  @Test
  void halfAValueIsNeverWritten() {
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_ADDRESS), ask(new Request.WriteSingleRegister(100, 1)));
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_ADDRESS),
        ask(new Request.WriteMultipleRegisters(101, RegisterBlock.of(1, 2))));
    assertTrue(master.commands.isEmpty());
  }

  @Test
  void aValueOutOfRangeIsRefusedBeforeAnythingIsWritten() {
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_VALUE),
        ask(new Request.WriteMultipleRegisters(100, RegisterBlock.of(0x0000, 0x7FC0))));
    assertEquals(
        refusal(ExceptionCode.ILLEGAL_DATA_VALUE),
        ask(new Request.WriteMultipleRegisters(100, RegisterBlock.of(0x0000, 0x4100))));
    assertTrue(master.commands.isEmpty());
  }
}
