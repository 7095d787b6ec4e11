package io.plantbus.app.cli.device;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.cli.CommandFailure;
import io.plantbus.app.cli.ConnectionOptions;
import io.plantbus.app.cli.DeviceSession;
import io.plantbus.app.cli.ExitCode;
import io.plantbus.app.cli.Usage;
import io.plantbus.app.device.AnswerText;
import io.plantbus.app.device.ByteText;
import io.plantbus.app.device.Exchange;
import io.plantbus.app.device.Identification;
import io.plantbus.app.device.IdentityReader;
import io.plantbus.app.device.OutcomeText;
import io.plantbus.app.device.ServerIdText;
import io.plantbus.app.run.Json;
import io.plantbus.hal.PortException;
import io.plantbus.protocols.modbus.DeviceObject;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.session.Outcome;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `identify`: asks a device who it is.
@Command(
    name = "identify",
    description = {
      "Asks a device who it is: vendor, product, revision and what else it tells.",
      "By function 43/14, and by function 17 where it does not know that."
    },
    footer = {
      "",
      "Examples:",
      "  plantbus identify tcp://127.0.0.1:1502 --unit 3",
      "  plantbus identify 'rtu:/dev/ttyUSB0?baud=9600&format=8N1' --unit 17 --json"
    })
public final class IdentifyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "ENDPOINT", description = "As for 'plantbus read'.")
  private String endpoint = "";

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  @Mixin private ConnectionOptions connection = new ConnectionOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws PortException, InterruptedException {
    Usage.check(spec, connection::unit);
    PrintWriter out = spec.commandLine().getOut();
    try (DeviceSession device =
        new DeviceSession(
            Usage.check(spec, () -> connection.endpoint(endpoint)),
            connection,
            spec.commandLine().getErr())) {
      Identification identity = new IdentityReader(device::call).read();
      if (json) {
        Json.print(
            out,
            members -> {
              device.describe(members);
              write(members, device, identity);
            });
      } else {
        out.println(device.heading());
        print(out, identity);
        if (!identity.isAnswered()) {
          throw new CommandFailure(ExitCode.DEVICE, complaint(device, identity));
        }
      }
      return identity.isAnswered() ? ExitCode.OK.code() : ExitCode.DEVICE.code();
    }
  }

  private static void print(PrintWriter out, Identification identity) {
    identity.objects().forEach(object -> out.println(AnswerText.object(object)));
    Response.@Nullable ServerId serverId = serverId(identity);
    if (serverId != null) {
      ServerIdText.of(serverId.data()).rows().forEach(out::println);
    }
    if (identity.conformity() >= 0) {
      out.println(
          "%-23s 0x%02X  %s"
              .formatted(
                  "conformity",
                  identity.conformity(),
                  Identification.conformityText(identity.conformity())));
    }
    for (Identification.Category each : identity.categories()) {
      if (!(each.outcome() instanceof Outcome.Answered) && identity.isAnswered()) {
        out.println(
            "%-23s %s%s"
                .formatted(
                    name(identity, each),
                    OutcomeText.brief(each.outcome()),
                    each.individually() ? " as a stream; read one by one" : ""));
      }
    }
    identity.remarks().forEach(remark -> out.println("remark: " + remark));
  }

  private static String name(Identification identity, Identification.Category category) {
    return identity.objects().isEmpty() ? "function 43/14" : category.name() + " objects";
  }

  private static Response.@Nullable ServerId serverId(Identification identity) {
    Exchange asked = identity.serverId();
    return asked != null && asked.outcome() instanceof Outcome.Answered(Response.ServerId serverId)
        ? serverId
        : null;
  }

  private static String complaint(DeviceSession device, Identification identity) {
    Outcome first = identity.categories().getFirst().outcome();
    return identity.serverId() == null
        ? device.sentence(first)
        : "it does not say who it is; function 43/14: %s; function 17: %s"
            .formatted(OutcomeText.brief(first), OutcomeText.brief(identity.lastOutcome()));
  }

  private static void write(JsonGenerator json, DeviceSession device, Identification identity)
      throws IOException {
    json.writeStringField(
        "outcome", identity.isAnswered() ? "answered" : OutcomeText.word(identity.lastOutcome()));
    if (!identity.isAnswered()) {
      json.writeStringField("reason", complaint(device, identity));
    }
    if (identity.conformity() >= 0) {
      json.writeNumberField("conformity", identity.conformity());
    }
    json.writeArrayFieldStart("objects");
    for (DeviceObject object : identity.objects()) {
      json.writeStartObject();
      json.writeNumberField("id", object.id());
      json.writeStringField("name", Identification.nameOf(object.id()));
      json.writeStringField("value", ByteText.text(object.value()));
      json.writeStringField("bytes", ByteText.hex(object.value()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("categories");
    for (Identification.Category each : identity.categories()) {
      json.writeStartObject();
      json.writeStringField("name", each.name());
      json.writeStringField("outcome", OutcomeText.word(each.outcome()));
      json.writeStringField("told", OutcomeText.brief(each.outcome()));
      json.writeBooleanField("individually", each.individually());
      json.writeEndObject();
    }
    json.writeEndArray();
    Response.@Nullable ServerId serverId = serverId(identity);
    if (serverId != null) {
      ServerIdText parts = ServerIdText.of(serverId.data());
      json.writeObjectFieldStart("serverId");
      json.writeStringField("id", ByteText.hex(parts.id()));
      json.writeStringField("run", parts.run());
      json.writeStringField("additional", ByteText.text(parts.additional()));
      json.writeStringField("bytes", ByteText.hex(serverId.data()));
      json.writeEndObject();
    }
    json.writeArrayFieldStart("remarks");
    for (String remark : identity.remarks()) {
      json.writeString(remark);
    }
    json.writeEndArray();
  }
}
