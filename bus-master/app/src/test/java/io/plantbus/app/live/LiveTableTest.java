package io.plantbus.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.StillMaster;
import io.plantbus.app.scada.ScadaReport;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.account.DeviceUsage;
import io.plantbus.master.account.Latency;
import io.plantbus.master.account.LineTime;
import io.plantbus.master.account.LineUsage;
import io.plantbus.master.account.Traffic;
import io.plantbus.master.account.Usage;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.LineReport;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveTableTest {
  private final StillMaster master = new StillMaster();
  private final LiveTable table = new LiveTable(false);

  private List<String> render(int width, int height) {
    return table.render(master, "Plantbus", List.of("00:00:01  x"), 1_500_000_000L, width, height);
  }

  private String row(String start) {
    return render(100, 40).stream().filter(row -> row.contains(start)).findFirst().orElseThrow();
  }

  @Test
  void aTagShowsValueUnitAgeAndQuality() {
    master.good("tank.level", TagValue.of(1.23456));
    assertTrue(row("level  ").matches("tank +level +1\\.235 m +1\\.5 s +Good *"), row("level  "));
  }

  @Test
  void aTagThatWasNeverReadShowsNoValueAndNoAge() {
    assertTrue(row("count").matches(" +count +– +– +Bad_WaitingForInitialData *"), row("count"));
  }

  @Test
  void aKeptValueShowsThatItIsNotGood() {
    master.samples.put(
        "tank.level",
        new TagSample(TagValue.of(2.0), Quality.BAD_NO_COMMUNICATION, 0, 0, "silent"));
    assertTrue(row("level  ").contains("Bad_NoCommunication"));
  }

  @Test
  void theScadaEndpointShowsItsClientsAndWhomItRefused() {
    assertTrue(render(100, 40).stream().noneMatch(row -> row.startsWith("SCADA")));
    table.scada(new ScadaReport("tls://127.0.0.1:802", 2, 3, 1));
    assertTrue(
        row("SCADA")
            .matches(
                "SCADA +tls://127.0.0.1:802, 2 clients, 3 requests not allowed, 1 connection"
                    + " turned away *"),
        row("SCADA"));
  }

  @Test
  void aLostLineSaysWhy() {
    master.lines.add(
        new LineReport("rs485", "", false, "cable pulled", 9, 3, 0, 1, 2, 0.5, 4.25, 0));
    assertTrue(
        row("rs485").matches("rs485 +lost +█{6}░{6} +50\\.0% +4\\.\\d +9 +3 +1 +2 *"),
        row("rs485"));
    assertTrue(row("cable").matches("  └ cable pulled *"));
  }

  @Test
  void aLineShowsWhereItsTimeGoesAndTheCulprit() {
    long minute = 60_000_000_000L;
    LineTime time = new LineTime(minute / 4, minute / 4, 0, 0, minute / 4, 0, minute / 4 - 1, 1);
    Usage usage = new Usage(time, Traffic.NONE, 0, 0);
    Usage silent = new Usage(new LineTime(0, 0, 0, 0, minute / 4, 0, 0, 0), Traffic.NONE, 0, 0);
    DeviceUsage device =
        new DeviceUsage(
            "drive",
            "unit 7",
            silent,
            silent,
            Latency.NONE,
            Latency.NONE,
            true,
            DeviceUsage.NEVER,
            List.of(),
            List.of());
    LineUsage line = new LineUsage("rs485", usage, usage, List.of(device));
    master.lines.add(new LineReport("rs485", "", true, "", 9, 3, 0, 1, 2, 0.5, 4.25, 0, line));
    assertEquals(
        "  ██████▓▓▓▓▓▓xxxxxx······  payload 25%, overhead 25%, time-outs 25%, idle 25%, closed <1%",
        row("payload").stripTrailing());
    assertEquals(
        "  ! 25 % of rs485's time goes to time-outs of drive (unit 7), which never answered",
        row("! ").stripTrailing());
    assertTrue(render(100, 29).stream().noneMatch(row -> row.contains("payload")), "no room");
    assertTrue(render(100, 29).stream().anyMatch(row -> row.contains("never answered")));
  }

  @Test
  void aTerminalOfAsciiGetsTheSameColumns() {
    assertEquals("##--::..xxrr~ > '", PlainText.of("██▒▒░░··xxrr… → °"));
    assertEquals("?", PlainText.of("Ж"));
    assertTrue(PlainText.isNeeded(StandardCharsets.US_ASCII));
    assertFalse(PlainText.isNeeded(StandardCharsets.UTF_8));
  }

  @Test
  void noRowIsWiderThanTheScreen() {
    master.good("tank.level", TagValue.of(1.0));
    for (int width : new int[] {40, 80, 100, 160, 200}) {
      for (String row : render(width, 30)) {
        assertTrue(row.length() <= width, width + ": " + row);
      }
    }
  }

  @Test
  void aScreenThatIsTooLowSaysHowManyTagsItHides() {
    List<String> rows = render(100, 12);
    assertEquals(1, rows.stream().filter(row -> row.startsWith("… ")).count(), rows.toString());
  }
}
