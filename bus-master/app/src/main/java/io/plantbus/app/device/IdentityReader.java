package io.plantbus.app.device;

import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.Request.ReadDeviceIdentification;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Asks a device who it is: by function code 43/14, category after category and object by object
/// where it does not stream them, or else by function code 17 (AP 6.13, 6.21). Used once.
public final class IdentityReader {
  private static final int BASIC = 1;
  private static final int EXTENDED = 3;
  private static final int LAST_OBJECT = 0xFF;

  private final Asking device;
  private final SortedMap<Integer, DeviceObject> objects = new TreeMap<>();
  private final List<Identification.Category> categories = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private int conformity = -1;

  /// @param device who is asked
  public IdentityReader(Asking device) {
    this.device = device;
  }

  /// Asks until everything is known or the device is silent. A device never gets more than 256
  /// requests for a category, whatever it says follows.
  ///
  /// @throws PortException if the link cannot be opened or was lost
  /// @throws InterruptedException if the waiting thread is interrupted
  public Identification read() throws PortException, InterruptedException {
    boolean reachable = true;
    for (int code = BASIC; code <= EXTENDED && mayHave(code); code++) {
      Outcome outcome = stream(code);
      reachable = isReachable(outcome);
      boolean oneByOne =
          reachable
              && !(outcome instanceof Outcome.Answered)
              && !isUnknown(outcome)
              && individually(code);
      categories.add(new Identification.Category(code, outcome, oneByOne));
      if (!reachable || objects.isEmpty()) {
        break;
      }
    }
    Exchange serverId =
        reachable && objects.isEmpty() ? device.ask(new Request.ReportServerId()) : null;
    return new Identification(
        conformity, List.copyOf(objects.values()), categories, serverId, remarks);
  }

  private boolean mayHave(int code) {
    int level = conformity & 0x7F;
    return conformity < 0 || level < BASIC || level > EXTENDED || code <= level;
  }

  private static boolean isReachable(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Answered _, Outcome.Noise _ -> true;
      case Outcome.Refused(Response.Refusal refusal) -> !OutcomeText.isOfGateway(refusal);
      case Outcome.Silence _, Outcome.Aborted _, Outcome.Broadcast _ -> false;
    };
  }

  private static boolean isUnknown(Outcome outcome) {
    return outcome instanceof Outcome.Refused(Response.Refusal(int code))
        && code == ExceptionCode.ILLEGAL_FUNCTION.code();
  }

  /// Reads a category as a stream.
  ///
  /// @return what its last request ended with
  private Outcome stream(int code) throws PortException, InterruptedException {
    int from = 0;
    while (true) {
      Outcome outcome = device.ask(new ReadDeviceIdentification(code, from)).outcome();
      Response.DeviceIdentification answer = identification(outcome);
      if (answer == null) {
        return outcome;
      }
      take(answer);
      if (!answer.more()) {
        return outcome;
      }
      ReadDeviceIdentification next = answer.next();
      if (next == null || next.objectId() <= from) {
        remarks.add(
            "it says that more objects follow and points back to 0x%02X; left it there"
                .formatted(answer.nextObjectId()));
        return outcome;
      }
      from = next.objectId();
    }
  }

  /// Reads the objects of a category one by one; the vendor's own as far as they follow each other.
  ///
  /// @return whether any came
  private boolean individually(int code) throws PortException, InterruptedException {
    int first = code == BASIC ? 0x00 : code == EXTENDED ? 0x80 : 0x03;
    int last = code == BASIC ? 0x02 : code == EXTENDED ? LAST_OBJECT : 0x06;
    boolean any = false;
    for (int id = first; id <= last; id++) {
      Outcome outcome =
          device
              .ask(new ReadDeviceIdentification(ReadDeviceIdentification.INDIVIDUAL, id))
              .outcome();
      Response.DeviceIdentification answer = identification(outcome);
      if (answer != null) {
        take(answer);
        any = true;
      } else if (code == EXTENDED || !isAbsent(outcome)) {
        return any;
      }
    }
    return any;
  }

  private static boolean isAbsent(Outcome outcome) {
    return outcome instanceof Outcome.Refused(Response.Refusal(int code))
        && code == ExceptionCode.ILLEGAL_DATA_ADDRESS.code();
  }

  private static Response.@Nullable DeviceIdentification identification(Outcome outcome) {
    return outcome instanceof Outcome.Answered(Response.DeviceIdentification answer)
        ? answer
        : null;
  }

  private void take(Response.DeviceIdentification answer) {
    conformity = answer.conformity();
    for (DeviceObject object : answer.objects()) {
      objects.putIfAbsent(object.id(), object);
    }
  }
}
