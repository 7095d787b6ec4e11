package io.plantbus.devices.slave;

import io.plantbus.devices.profile.DeviceProfile;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// The objects by which a slave identifies itself (AP 6.21), read as a stream or one by one.
/// Immutable.
public final class DeviceIdentity {
  private static final int FIRST_EXTENDED = 0x80;
  private static final int SINGLE_OBJECTS_TOO = 0x80;
  private static final String UNKNOWN_REVISION = "1.0";
  private static final int HEAD_BYTES = 7;

  private final NavigableMap<Integer, DeviceObject> objects = new TreeMap<>();

  /// @param objects vendor name, product code and revision among them
  /// @throws IllegalArgumentException if one of those three is missing, or an id is there twice
  public DeviceIdentity(List<DeviceObject> objects) {
    for (DeviceObject object : objects) {
      if (this.objects.put(object.id(), object) != null) {
        throw new IllegalArgumentException("object " + object.id() + " is there twice");
      }
    }
    for (int id = 0; id <= DeviceObject.REVISION; id++) {
      if (!this.objects.containsKey(id)) {
        throw new IllegalArgumentException("the mandatory object " + id + " is missing");
      }
    }
  }

  /// A profile's: manufacturer, model, version, name and, as object 0x80, description. The revision
  /// of a profile without a version is 1.0.
  public static DeviceIdentity of(DeviceProfile profile) {
    List<DeviceObject> objects = new ArrayList<>();
    String model = profile.model().isEmpty() ? profile.name() : profile.model();
    objects.add(DeviceObject.of(DeviceObject.VENDOR_NAME, profile.manufacturer()));
    objects.add(DeviceObject.of(DeviceObject.PRODUCT_CODE, model));
    String revision = profile.version().isEmpty() ? UNKNOWN_REVISION : profile.version();
    objects.add(DeviceObject.of(DeviceObject.REVISION, revision));
    objects.add(DeviceObject.of(DeviceObject.PRODUCT_NAME, profile.name()));
    objects.add(DeviceObject.of(DeviceObject.MODEL_NAME, model));
    if (!profile.description().isEmpty()) {
      objects.add(DeviceObject.of(FIRST_EXTENDED, profile.description()));
    }
    return new DeviceIdentity(objects);
  }

  /// Answers as many objects as fit; a stream from an object that is not there begins anew.
  ///
  /// @return refused with 02 if a single object does not exist
  public Response read(Request.ReadDeviceIdentification request) {
    int code = request.code();
    int first = request.objectId();
    if (code == Request.ReadDeviceIdentification.INDIVIDUAL) {
      DeviceObject one = objects.get(first);
      return one == null
          ? Response.Refusal.of(ExceptionCode.ILLEGAL_DATA_ADDRESS)
          : answer(code, 0, List.of(one));
    }
    NavigableMap<Integer, DeviceObject> category = objects.headMap(lastOf(code), true);
    List<DeviceObject> sent = new ArrayList<>();
    int bytes = HEAD_BYTES;
    for (DeviceObject object :
        category.tailMap(category.containsKey(first) ? first : 0, true).values()) {
      bytes += 2 + object.value().length();
      if (bytes > RequestEncoder.MAX_PDU_BYTES) {
        return answer(code, object.id(), sent);
      }
      sent.add(object);
    }
    return answer(code, 0, sent);
  }

  /// @param next 0 if there is no more
  private Response answer(int code, int next, List<DeviceObject> sent) {
    return new Response.DeviceIdentification(code, conformity(), next != 0, next, sent);
  }

  private int conformity() {
    int last = objects.lastKey();
    int category = last <= DeviceObject.REVISION ? 1 : last < FIRST_EXTENDED ? 2 : 3;
    return SINGLE_OBJECTS_TOO | category;
  }

  private static int lastOf(int code) {
    return switch (code) {
      case 1 -> DeviceObject.REVISION;
      case 2 -> FIRST_EXTENDED - 1;
      default -> 0xFF;
    };
  }
}
