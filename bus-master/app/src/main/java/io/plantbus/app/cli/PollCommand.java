package io.plantbus.app.cli;

import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.app.device.Target;
import io.plantbus.app.run.Json;
import io.plantbus.app.run.StopSignal;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `poll`: reads values of one device again and again, and sums up.
@Command(
    name = "poll",
    description = "Reads values of one device again and again; Ctrl-C ends it with a summary.",
    footer = {
      "",
      "Example:",
      "  plantbus poll tcp://127.0.0.1:1502 --unit 17 holding:100 --every 500ms --times 20"
    })
final class PollCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENDPOINT", description = "As for 'plantbus read'.")
  private String endpoint = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ADDRESS",
      description = "As for 'plantbus read'.")
  private @Nullable String address;

  @Option(
      names = {"-c", "--count"},
      paramLabel = "N",
      description = "How many values (default: 1).")
  private int count = 1;

  @Option(
      names = "--every",
      paramLabel = "SPAN",
      converter = DurationConverter.class,
      description = "From one request to the next (default: 1s).")
  private Duration every = Duration.ofSeconds(1);

  @Option(names = "--times", paramLabel = "N", description = "How often (default: no end).")
  private long times = Long.MAX_VALUE;

  @Option(names = "-0", description = "Let -r count from 0.")
  private boolean zeroBased;

  @Option(names = "-1", description = "The same as --times 1.")
  private boolean once;

  @Option(names = "--json", description = "One JSON object per request, and one for the summary.")
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
    if (target.reads().size() > 1) {
      throw Usage.error(spec, "these values need several requests: poll fewer");
    }
    PollSummary summary = new PollSummary();
    StopSignal stop = StopSignal.listen();
    int code = ExitCode.PORT.code();
    try (DeviceSession device =
        new DeviceSession(
            Usage.check(spec, () -> connection.endpoint(endpoint)),
            connection,
            spec.commandLine().getErr())) {
      repeat(device, target, summary, stop);
      summary.print(spec.commandLine().getOut(), json);
      code = summary.errors() == 0 ? ExitCode.OK.code() : ExitCode.DEVICE.code();
    } finally {
      spec.commandLine().getOut().flush();
      stop.finished(code);
    }
    return code;
  }

  private void repeat(DeviceSession device, Target target, PollSummary summary, StopSignal stop)
      throws PortException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Request.Read read = target.reads().getFirst();
    long next = device.clock().nanoTime();
    for (long done = 0; done < (once ? 1 : times); done++) {
      if (stop.await(Math.max(0, next - device.clock().nanoTime()))) {
        return;
      }
      next = Math.max(next + every.toNanos(), device.clock().nanoTime());
      Exchange exchange = device.call(read);
      summary.add(exchange);
      if (done == 0 && !json) {
        out.println(device.heading());
      }
      print(out, device, target, read, exchange);
    }
  }

  private void print(
      PrintWriter out, DeviceSession device, Target target, Request.Read read, Exchange exchange) {
    List<Target.Element> elements =
        exchange.outcome() instanceof Outcome.Answered(var response)
            ? target.elements(read, response)
            : List.of();
    if (json) {
      Json.print(
          out,
          members -> {
            device.describe(members, exchange);
            ElementText.write(members, elements, target);
          });
      return;
    }
    elements.forEach(each -> out.println(ElementText.row(each, target, points.isHex())));
    if (!DeviceSession.isSuccess(exchange.outcome())) {
      out.println(
          OutcomeText.word(exchange.outcome()) + ": " + device.sentence(exchange.outcome()));
    }
  }
}
