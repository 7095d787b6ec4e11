package io.plantbus.devices.slave;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.devices.profile.RequestLimits;
import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.FileRecord;
import io.plantbus.protocols.modbus.FileSpan;
import io.plantbus.protocols.modbus.PduLength;
import io.plantbus.protocols.modbus.RegisterBlock;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.UserFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlaveServicesTest {
  private static final Response UNKNOWN = Response.Refusal.of(ExceptionCode.ILLEGAL_FUNCTION);
  private static final Response ABSENT = Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS);
  private static final DeviceProfile PROFILE =
      new DeviceProfile(
          "pump-drive",
          "Acme",
          "P7",
          "Moves water",
          DeviceProfile.Bus.MODBUS,
          RequestLimits.SPECIFICATION,
          List.of());

  private final SlaveServices services = new SlaveServices();
  private final BankSlave slave =
      new BankSlave(new RegisterBank(Map.of()), SlaveBehaviour.STILL, services);

  private Response ask(Request request) {
    return slave.execute(request, 0);
  }

  private static Request identification(int code, int objectId) {
    return new Request.ReadDeviceIdentification(code, objectId);
  }

  @Test
  void theRevisionIsTheVersionOfTheProfile() {
    DeviceProfile versioned =
        new DeviceProfile(
            "pump-drive",
            "Acme",
            "P7",
            "2.10-rc",
            "",
            DeviceProfile.Bus.MODBUS,
            RequestLimits.SPECIFICATION,
            List.of());
    services.with(DeviceIdentity.of(versioned));
    Response.DeviceIdentification answer =
        (Response.DeviceIdentification) ask(identification(4, DeviceObject.REVISION));
    assertEquals(List.of(DeviceObject.of(DeviceObject.REVISION, "2.10-rc")), answer.objects());
  }

  @Test
  void whatASlaveWasNotGivenItDoesNotKnow() {
    for (Request request :
        List.of(
            new Request.ReadExceptionStatus(),
            new Request.ReportServerId(),
            new Request.ReadFileRecord(List.of(new FileSpan(1, 0, 1))),
            new Request.WriteFileRecord(List.of(new FileRecord(1, 0, RegisterBlock.of(1)))),
            new Request.ReadFifoQueue(0),
            identification(1, 0),
            new Request.UserDefined(65, ByteBlock.EMPTY))) {
      assertEquals(UNKNOWN, ask(request), request::toString);
    }
  }

  @Covers({Requirement.EXCEPTION_STATUS, Requirement.REPORT_SERVER_ID})
  @Test
  void statusAndServerIdAreWhatTheOwnerSaid() {
    Response.ServerId id = Response.ServerId.of(ByteBlock.of(7), false, ByteBlock.EMPTY);
    services.withExceptionStatus(0x6D).with(id);
    assertEquals(new Response.ExceptionStatus(0x6D), ask(new Request.ReadExceptionStatus()));
    assertEquals(id, ask(new Request.ReportServerId()));
  }

  @Covers({
    Requirement.READ_FILE_RECORDS,
    Requirement.WRITE_FILE_RECORDS,
    Requirement.FILE_RECORD_NUMBERS
  })
  @Test
  void filesAreWrittenAndReadWithinTheirBounds() {
    FileMemory files = new FileMemory().with(4, 10).with(3, 10_000);
    services.with(files);
    Request write =
        new Request.WriteFileRecord(
            List.of(
                new FileRecord(4, 8, RegisterBlock.of(0x0DFE, 0x0020)),
                new FileRecord(3, 9_999, RegisterBlock.of(7))));
    assertEquals(Response.Written.INSTANCE, ask(write));
    Request read =
        new Request.ReadFileRecord(List.of(new FileSpan(3, 9_999, 1), new FileSpan(4, 7, 3)));
    assertEquals(
        new Response.FileRecords(List.of(RegisterBlock.of(7), RegisterBlock.of(0, 0x0DFE, 0x0020))),
        ask(read));
    assertEquals(RegisterBlock.of(0x20), files.get(new FileSpan(4, 9, 1)));
    assertNull(files.get(new FileSpan(4, 9, 2)));
    assertEquals(ABSENT, ask(new Request.ReadFileRecord(List.of(new FileSpan(4, 9, 2)))));
    assertEquals(ABSENT, ask(new Request.ReadFileRecord(List.of(new FileSpan(5, 0, 1)))));
  }

  @Covers({Requirement.WRITE_FILE_RECORDS, Requirement.PARTLY_UNMAPPED_WRITE})
  @Test
  void aFileWriteThatIsPartlyAbsentWritesNothing() {
    FileMemory files = new FileMemory().with(4, 10);
    services.with(files);
    Request write =
        new Request.WriteFileRecord(
            List.of(
                new FileRecord(4, 0, RegisterBlock.of(1)),
                new FileRecord(4, 10, RegisterBlock.of(2))));
    assertEquals(ABSENT, ask(write));
    assertEquals(RegisterBlock.of(0), files.get(new FileSpan(4, 0, 1)));
  }

  @Covers({Requirement.FIFO_QUEUE, Requirement.FIFO_EMPTY})
  @Test
  void aQueueIsReadAsItIsAndRefusedWhenItIsTooLong() {
    RegisterQueue queue = new RegisterQueue(32);
    services.with(0x04DE, queue);
    assertEquals(
        new Response.FifoQueue(RegisterBlock.of()), ask(new Request.ReadFifoQueue(0x04DE)));
    queue.add(0x01B8);
    queue.add(0x1284);
    Response both = new Response.FifoQueue(RegisterBlock.of(0x01B8, 0x1284));
    assertEquals(both, ask(new Request.ReadFifoQueue(0x04DE)));
    assertEquals(both, ask(new Request.ReadFifoQueue(0x04DE)));
    assertEquals(ABSENT, ask(new Request.ReadFifoQueue(0x04DF)));
    for (int i = 2; i < 32; i++) {
      assertTrue(queue.add(i));
    }
    assertFalse(queue.add(32));
    assertEquals(
        Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_VALUE),
        ask(new Request.ReadFifoQueue(0x04DE)));
    assertEquals(0x01B8, queue.remove());
    assertInstanceOf(Response.FifoQueue.class, ask(new Request.ReadFifoQueue(0x04DE)));
  }

  @Covers({
    Requirement.DEVICE_ID_CONFORMITY,
    Requirement.DEVICE_ID_MANDATORY_OBJECTS,
    Requirement.REPORT_SERVER_ID
  })
  @Test
  void aSlaveIdentifiesItselfByItsProfile() {
    BankSlave pump = BankSlave.of(PROFILE);
    assertEquals(
        new Response.DeviceIdentification(
            1,
            0x83,
            false,
            0,
            List.of(
                DeviceObject.of(0, "Acme"), DeviceObject.of(1, "P7"), DeviceObject.of(2, "1.0"))),
        pump.execute(identification(1, 0), 0));
    assertEquals(List.of(0, 1, 2, 4, 5), ids(pump.execute(identification(2, 0), 0)));
    assertEquals(List.of(0, 1, 2, 4, 5, 0x80), ids(pump.execute(identification(3, 0), 0)));
    Response.ServerId id =
        assertInstanceOf(Response.ServerId.class, pump.execute(new Request.ReportServerId(), 0));
    assertTrue(id.isRunning(1));
    assertEquals(ByteBlock.of('A', 'c', 'm', 'e', ' ', 'P', '7'), id.data().slice(2, 7));
  }

  @Covers(Requirement.DEVICE_ID_UNKNOWN_OBJECT)
  @Test
  void aSingleObjectIsReadOrRefused() {
    BankSlave pump = BankSlave.of(PROFILE);
    assertEquals(
        new Response.DeviceIdentification(
            4, 0x83, false, 0, List.of(DeviceObject.of(0x80, "Moves water"))),
        pump.execute(identification(4, 0x80), 0));
    assertEquals(ABSENT, pump.execute(identification(4, 3), 0));
  }

  @Covers(Requirement.DEVICE_ID_UNKNOWN_OBJECT)
  @ParameterizedTest
  @ValueSource(ints = {3, 4, 0x7F, 0xFF})
  void aStreamFromAnObjectThatIsNotThereBeginsAnew(int objectId) {
    assertEquals(
        List.of(0, 1, 2), ids(BankSlave.of(PROFILE).execute(identification(1, objectId), 0)));
    assertEquals(List.of(2), ids(BankSlave.of(PROFILE).execute(identification(1, 2), 0)));
  }

  @Covers(Requirement.DEVICE_ID_CONTINUATION)
  @Test
  void aLongIdentificationIsReadInSeveralRequests() {
    List<DeviceObject> objects = new ArrayList<>();
    for (int id = 0; id <= 2; id++) {
      objects.add(DeviceObject.of(id, "x".repeat(100)));
    }
    objects.add(DeviceObject.of(0x80, "y".repeat(244)));
    objects.add(DeviceObject.of(0xFF, "z"));
    services.with(new DeviceIdentity(objects));
    List<DeviceObject> got = new ArrayList<>();
    Request.ReadDeviceIdentification next = new Request.ReadDeviceIdentification(3, 0);
    int requests = 0;
    while (next != null) {
      Response.DeviceIdentification answer =
          assertInstanceOf(Response.DeviceIdentification.class, ask(next));
      got.addAll(answer.objects());
      next = answer.next();
      requests++;
    }
    assertEquals(objects, got);
    assertEquals(4, requests);
  }

  @Covers({Requirement.DEVICE_ID_CONFORMITY, Requirement.DEVICE_ID_CATEGORY_FALLBACK})
  @ParameterizedTest
  @CsvSource({"2, 0x81, 1", "6, 0x82, 2", "0x80, 0x83, 3"})
  void theConformityTellsTheHighestCategoryAndHigherOnesFallBackToIt(
      int lastId, int conformity, int category) {
    List<DeviceObject> objects = new ArrayList<>();
    for (int id : List.of(0, 1, 2, lastId)) {
      if (objects.size() < 3 || id > 2) {
        objects.add(DeviceObject.of(id, "x"));
      }
    }
    services.with(new DeviceIdentity(objects));
    for (int code = 1; code <= 3; code++) {
      List<DeviceObject> read = code < category ? objects.subList(0, 3) : objects;
      assertEquals(
          new Response.DeviceIdentification(code, conformity, false, 0, read),
          ask(identification(code, 0)));
    }
  }

  @Test
  void aDeviceThatSendsItsReaderInCirclesIsReadOnce() {
    assertNull(
        new Response.DeviceIdentification(1, 1, true, 0, List.of(DeviceObject.of(0, "x"))).next());
  }

  @Covers(Requirement.DEVICE_ID_MANDATORY_OBJECTS)
  @Test
  void anIdentityNeedsItsMandatoryObjects() {
    List<DeviceObject> two = List.of(DeviceObject.of(0, "a"), DeviceObject.of(1, "b"));
    assertThrows(IllegalArgumentException.class, () -> new DeviceIdentity(two));
  }

  @Covers(Requirement.USER_FUNCTIONS)
  @Test
  void aUserDefinedFunctionIsExecutedByItsHandler() {
    UserFunction function = new UserFunction(65, PduLength.byteCountAt(1), PduLength.fixed(2));
    services.with(
        function, (data, _) -> new Response.UserDefined(ByteBlock.of(data.byteAt(1) + 1)));
    assertEquals(
        new Response.UserDefined(ByteBlock.of(6)),
        ask(new Request.UserDefined(65, ByteBlock.of(1, 5))));
    assertEquals(UNKNOWN, ask(new Request.UserDefined(66, ByteBlock.EMPTY)));
  }

  private static List<Integer> ids(Response response) {
    return assertInstanceOf(Response.DeviceIdentification.class, response).objects().stream()
        .map(DeviceObject::id)
        .toList();
  }
}
