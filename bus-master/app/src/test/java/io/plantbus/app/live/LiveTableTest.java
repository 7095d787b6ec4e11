package io.plantbus.app.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.StillMaster;
import io.plantbus.app.scada.ScadaReport;
import io.plantbus.devices.Quality;
import io.plantbus.devices.TagValue;
import io.plantbus.master.image.TagSample;
import io.plantbus.master.line.LineReport;
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
