package io.plantbus.app.control;

import com.fasterxml.jackson.core.JsonGenerator;
import io.plantbus.app.trace.TapPump;
import io.plantbus.hal.NanoClock;
import io.plantbus.master.trace.ChunkKind;
import io.plantbus.master.trace.ChunkReader;
import io.plantbus.master.trace.LineTap;
import io.plantbus.master.trace.TappedLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import jdk.net.ExtendedSocketOptions;

/// One client of a running plant: answers its requests, until it asks to listen; then it is told
/// what its lines hear until it leaves. A client that does not read makes this thread wait, and
/// misses pieces. Owned by one thread.
final class ControlConversation {
  private static final int MOST_REQUEST_BYTES = 4096;
  private static final int MOST_PIECES_AT_ONCE = 64;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(4);
  private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SocketChannel client;
  private final String plant;
  private final Supplier<List<LineTap>> taps;
  private final NanoClock clock;
  private final Reporter reporter;
  private final Changer changer;
  private final JsonOutput out;
  private final long epochOffsetNanos;

  ControlConversation(
      SocketChannel client,
      String plant,
      Supplier<List<LineTap>> taps,
      NanoClock clock,
      Reporter reporter,
      Changer changer) {
    this.client = client;
    this.plant = plant;
    this.taps = taps;
    this.clock = clock;
    this.reporter = reporter;
    this.changer = changer;
    this.out = new JsonOutput(client);
    this.epochOffsetNanos = TapPump.epochOffsetNanos(clock);
  }

  void run() throws IOException {
    LineInput in = new LineInput(Channels.newInputStream(client), MOST_REQUEST_BYTES);
    for (String line = in.next(); line != null; line = in.next()) {
      JsonLine request;
      try {
        request = JsonLine.parse(line);
      } catch (IOException wrong) {
        refuse("this is no request: " + wrong.getMessage());
        return;
      }
      answer(request);
    }
  }

  private void answer(JsonLine request) throws IOException {
    if (!request.text("version").equals(Integer.toString(ControlServer.VERSION))) {
      refuse(
          "this plant speaks version %d, not '%s': use the same version of Plantbus"
              .formatted(ControlServer.VERSION, request.text("version")));
      return;
    }
    switch (request.text("command")) {
      case "status" -> describe(taps.get());
      case "report" -> report(ReportForm.of(request));
      case "listen" -> {
        String wanted = request.text("line");
        List<LineTap> chosen =
            taps.get().stream()
                .filter(tap -> wanted.isEmpty() || tap.line().name().equals(wanted))
                .toList();
        List<LineTap> kept = chosen.stream().filter(LineTap::isOn).toList();
        if (chosen.isEmpty()) {
          refuse(unknownLine(wanted));
        } else if (kept.isEmpty()) {
          refuse("nothing is kept of what was asked for: 'capture-ring' is 0 in the plant file");
        } else {
          describe(kept);
          String last = request.text("last");
          if (last.matches("\\d{1,18}")) {
            tellLast(kept, Long.parseLong(last));
          } else {
            listen(kept, request.text("history").equals("true"));
          }
        }
      }
      case "plan" -> tell(changer.plan(ChangeRequest.of(request)));
      case "apply" ->
          tell(changer.apply(request.text("digest"), request.text("form").equals("json"), user()));
      default ->
          refuse(
              "unknown command '"
                  + request.text("command")
                  + "'; there are: status, report, listen, plan, apply");
    }
  }

  private void tell(Changer.Answer answer) throws IOException {
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeBooleanField("ok", true);
          json.writeStringField("kind", answer.kind().name());
          json.writeStringField("digest", answer.digest());
          json.writeNumberField("rows", answer.rows().size());
        });
    answer.rows().forEach(out::row);
    out.flush();
  }

  /// The user on the other side, as the system knows them.
  private String user() {
    try {
      return client.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    } catch (IOException | UnsupportedOperationException _) {
      return "";
    }
  }

  private void report(ReportForm form) throws IOException {
    Reporter.Report report = reporter.report(form);
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeBooleanField("ok", true);
          json.writeBooleanField("healthy", report.healthy());
          json.writeNumberField("rows", report.rows().size());
        });
    report.rows().forEach(out::row);
    out.flush();
  }

  private String unknownLine(String wanted) {
    List<String> names = taps.get().stream().map(tap -> tap.line().name()).toList();
    return names.isEmpty()
        ? "plant " + plant + " has no Modbus line"
        : "plant %s has no Modbus line '%s'; there are: %s"
            .formatted(plant, wanted, String.join(", ", names));
  }

  private void refuse(String reason) throws IOException {
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeBooleanField("ok", false);
          json.writeStringField("error", reason);
        });
    out.flush();
  }

  private void describe(List<LineTap> lines) throws IOException {
    out.object(
        json -> {
          json.writeNumberField("version", ControlServer.VERSION);
          json.writeBooleanField("ok", true);
          json.writeStringField("plant", plant);
          json.writeNumberField("pid", ProcessHandle.current().pid());
          json.writeArrayFieldStart("lines");
          for (LineTap tap : lines) {
            describe(json, tap.line());
          }
          json.writeEndArray();
        });
    out.flush();
  }

  private static void describe(JsonGenerator json, TappedLine line) throws IOException {
    json.writeStartObject();
    json.writeStringField("name", line.name());
    json.writeStringField("endpoint", line.endpoint());
    json.writeStringField("framing", line.settings().framing().name());
    json.writeNumberField("silenceNanos", line.settings().silenceNanos());
    json.writeNumberField("answerTimeoutNanos", line.settings().answerTimeoutNanos());
    json.writeEndObject();
  }

  /// Tells what is kept of the last of some time, then ends.
  private void tellLast(List<LineTap> chosen, long nanos) throws IOException {
    long now = clock.nanoTime();
    try {
      for (LineTap tap : chosen) {
        Ear ear = new Ear(tap, true, now - nanos);
        while (ear.newestNanos < now && ear.listener.read(ear, MOST_PIECES_AT_ONCE) > 0) {
          out.flush();
        }
      }
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
    out.object(json -> json.writeNumberField("end", now + epochOffsetNanos));
    out.flush();
  }

  private void listen(List<LineTap> chosen, boolean history) throws IOException {
    List<Ear> ears = new ArrayList<>();
    for (LineTap tap : chosen) {
      ears.add(new Ear(tap, history, Long.MIN_VALUE));
    }
    long tickNanos = clock.nanoTime();
    try {
      while (client.isOpen()) {
        long now = clock.nanoTime();
        boolean news = false;
        for (Ear ear : ears) {
          news |= ear.listener.read(ear, MOST_PIECES_AT_ONCE) > 0;
        }
        // Also how a client that has gone is noticed: nothing else is written on a still line.
        if (now >= tickNanos) {
          tickNanos = now + TICK_NANOS;
          out.object(json -> json.writeNumberField("at", now - GRACE_NANOS + epochOffsetNanos));
          out.flush();
        }
        if (news) {
          out.flush();
        } else {
          LockSupport.parkNanos(this, PAUSE_NANOS);
        }
      }
    } catch (UncheckedIOException gone) {
      throw gone.getCause();
    }
  }

  /// One line that is listened to.
  private final class Ear implements ChunkReader {
    private final String name;
    private final LineTap.Listener listener;
    private final long fromNanos;
    private long newestNanos = Long.MIN_VALUE;

    /// @param fromNanos what is older is not told
    Ear(LineTap tap, boolean history, long fromNanos) {
      this.fromNanos = fromNanos;
      name = tap.line().name();
      listener = tap.listen(history);
    }

    @Override
    public void chunk(ChunkKind kind, long nanos, byte[] bytes, int offset, int length) {
      newestNanos = nanos;
      if (nanos < fromNanos) {
        return;
      }
      out.object(
          json -> {
            json.writeStringField("line", name);
            json.writeStringField("kind", kind.name());
            json.writeNumberField("at", nanos + epochOffsetNanos);
            if (length > 0) {
              json.writeStringField(
                  "hex", HexFormat.of().formatHex(bytes, offset, offset + length));
            }
          });
    }

    @Override
    public void missed(long chunks) {
      out.object(
          json -> {
            json.writeStringField("line", name);
            json.writeNumberField("missed", chunks);
            json.writeNumberField("at", clock.nanoTime() + epochOffsetNanos);
          });
    }
  }
}
