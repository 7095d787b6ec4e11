package io.plantbus.app.cli;

import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.Target;
import io.plantbus.app.run.Json;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `read`: reads values of one device, once.
@Command(
    name = "read",
    description = "Reads values of one device, once.",
    footer = {
      "",
      "Examples:",
      "  plantbus read tcp://127.0.0.1:1502 --unit 17 holding:100 --type float32 --count 4",
      "  plantbus read 'rtu:/dev/ttyUSB0?baud=19200&format=8E1' --unit 3 30001",
      "  plantbus read -m rtu -b 9600 -P none -a 3 -t 4:float -r 101 -c 4 /dev/ttyUSB0"
    })
final class ReadCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      paramLabel = "ENDPOINT",
      description = {
        "tcp://HOST:PORT, HOST, rtu:/dev/ttyUSB0?baud=19200&format=8E1 or /dev/ttyUSB0.",
        "Also ascii:/dev/ttyUSB0, rtu+tcp://HOST, ascii+tcp://HOST, udp://HOST and",
        "tls://HOST?certificate=FILE&key=FILE&trust=FILE; serial ones take rs485=kernel",
        "or rts, echo=expected or auto, driver=linux or jserialcomm."
      })
  private String endpoint = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "holding:100, input:0, coil:5, discrete:5 (from 0); 40101, 30001 (from 1).")
  private @Nullable String address;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "How many values (default: 1).")
  private int count = 1;

  @Option(names = "-0", description = "Let -r count from 0.")
  private boolean zeroBased;

  @Option(names = "-1", description = "Read once, as this command does anyway.", hidden = true)
  @SuppressWarnings("UnusedVariable") // taken because mbpoll takes it
  private boolean once;

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Mixin private PointOptions points = new PointOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    if (zeroBased) {
      points.countFromZero();
    }
    Usage.check(spec, connection::unit);
    Target target = Usage.check(spec, () -> points.target(address, count));
    try (DeviceSession device =
        new DeviceSession(
            Usage.check(spec, () -> connection.endpoint(endpoint)),
            connection,
            spec.commandLine().getErr())) {
      PrintWriter out = spec.commandLine().getOut();
      List<Target.Element> elements = new ArrayList<>();
      long roundTrips = 0;
      List<Request.Read> reads = target.reads();
      Exchange last = device.call(reads.getFirst());
      for (int i = 1;
          succeeded(last, reads.get(i - 1), target, elements) && i < reads.size();
          i++) {
        roundTrips += last.roundTripNanos();
        last = device.call(reads.get(i));
      }
      roundTrips += last.roundTripNanos();
      boolean success = DeviceSession.isSuccess(last.outcome());
      if (json) {
        Exchange told = last;
        Json.print(
            out,
            members -> {
              device.describe(members, told);
              ElementText.write(members, elements, target);
            });
      } else {
        out.println(device.heading());
        elements.forEach(each -> out.println(ElementText.row(each, target, points.isHex())));
        if (success) {
          out.println(
              "%d request%s, round trip %s"
                  .formatted(
                      reads.size(),
                      reads.size() == 1 ? "" : "s",
                      DeviceSession.millis(roundTrips / reads.size())));
        } else {
          throw new CommandFailure(ExitCode.DEVICE, device.sentence(last.outcome()));
        }
      }
      return success ? ExitCode.OK.code() : ExitCode.DEVICE.code();
    }
  }

  private static boolean succeeded(
      Exchange exchange, Request.Read read, Target target, List<Target.Element> into) {
    if (!(exchange.outcome() instanceof Outcome.Answered(var response))) {
      return false;
    }
    into.addAll(target.elements(read, response));
    return true;
  }
}
