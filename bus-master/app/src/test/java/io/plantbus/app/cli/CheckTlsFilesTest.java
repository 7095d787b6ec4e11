package io.plantbus.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.app.config.PlantFile;
import io.plantbus.app.config.TlsCheck;
import io.plantbus.app.interop.peers.Certificates;
import io.plantbus.devices.document.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTlsFilesTest {
  private static final String PLANT =
      """
      plant: secured
      lines:
        net: {tls: 127.0.0.1, certificate: %s, key: %s, trust: %s}
      devices:
        tank: {line: net, unit: 1, profile: tank-level-transmitter}
      """;

  @TempDir private static Path folder = Path.of("");

  @BeforeAll
  static void issue() throws IOException {
    String missing = Certificates.unavailable();
    Assumptions.assumeTrue(missing == null, missing);
    Certificates.make(folder);
    Files.writeString(folder.resolve("text.pem"), "no certificate");
    Files.writeString(
        folder.resolve("encrypted.key"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII=\n");
  }

  private static CommandLineRun check(String certificate, String key, String trust)
      throws IOException {
    Path file = folder.resolve("plant.yaml");
    Files.writeString(file, PLANT.formatted(certificate, key, trust));
    return CommandLineRun.of("check", file.toString());
  }

  private static void assertTold(CommandLineRun run, String... told) {
    assertEquals(ExitCode.CONFIGURATION.code(), run.code(), run.out());
    for (String each : told) {
      assertTrue(run.err().contains(each), run.err());
    }
    assertFalse(run.err().contains("\tat "), run.err());
  }

  @Test
  void filesThatFitAreRightAndCertificatesThatEndSoonAreWarnedOf() throws IOException {
    CommandLineRun run = check("client.pem", "client.key", "ca.pem");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("plant 'secured' is right"), run.out());
    assertTrue(
        run.out()
            .matches(
                "(?s).*plant.yaml:3:\\d+: warning: lines.net.certificate: CN=client in"
                    + " \\S+client.pem expires on \\S+, in 1 day; renew it before\n.*"),
        run.out());
    assertTrue(
        run.out()
            .contains(
                "line net: tls://127.0.0.1:802?certificate=%s&key=%s&trust=%s, window 1"
                    .formatted(
                        folder.resolve("client.pem"),
                        folder.resolve("client.key"),
                        folder.resolve("ca.pem"))),
        run.out());
  }

  @Test
  void filesThatAreMissingAreToldTogetherWithTheirKeys() throws IOException {
    assertTold(
        check("none.pem", "none.key", "."),
        "3 mistakes",
        "plant.yaml:3:",
        "lines.net.certificate: there is no file " + folder.resolve("none.pem") + "; check",
        "lines.net.key: there is no file " + folder.resolve("none.key"),
        "lines.net.trust: " + folder + " cannot be read");
  }

  @Test
  void filesThatAreOfNoUseAreToldWithTheirKey() throws IOException {
    assertTold(
        check("text.pem", "client.key", "ca.pem"),
        "lines.net.certificate: the certificate file " + folder.resolve("text.pem") + " holds no");
    assertTold(
        check("client.pem", "server.key", "ca.pem"),
        "lines.net.key: the private key file " + folder.resolve("server.key"),
        "does not belong to the certificate in " + folder.resolve("client.pem"));
    assertTold(
        check("client.pem", "encrypted.key", "ca.pem"),
        "lines.net.key: the private key file " + folder.resolve("encrypted.key") + " is encrypted");
    assertTold(
        check("client.pem", "client.key", "text.pem"),
        "lines.net.trust: the file of trusted authorities " + folder.resolve("text.pem"));
  }

  @Test
  void theFilesOfTheScadaEndpointAreOpenedToo() throws IOException {
    Path file = folder.resolve("served.yaml");
    Files.writeString(
        file,
        """
        plant: served
        lines:
          net: {tcp: 127.0.0.1}
        devices:
          tank: {line: net, unit: 1, profile: tank-level-transmitter}
        scada:
          tls: {certificate: server.pem, key: client.key, trust: ca.pem}
          authorisation: [{role: operator}]
          points: {"input:0": tank.level}
        """);
    CommandLineRun run = CommandLineRun.of("check", file.toString(), "--json");
    assertEquals(ExitCode.CONFIGURATION.code(), run.code(), run.err());
    assertTrue(run.out().startsWith("{\"valid\":false,"), run.out());
    assertTrue(run.out().contains("\"line\":7,\"column\":"), run.out());
    assertTrue(run.out().contains("\"key\":\"scada.tls.key\""), run.out());
  }

  @Test
  void anAuthorityWhoseCertificateHasEndedIsWarnedOf() throws IOException {
    PlantFile plant =
        PlantFile.parse(
                folder.resolve("plant.yaml").toString(),
                PLANT.formatted("client.pem", "client.key", "ca.pem"),
                _ -> null)
            .valueOrThrow();
    List<Problem> problems = TlsCheck.of(plant, Instant.now().plus(Duration.ofDays(3)));
    assertEquals(2, problems.size(), problems.toString());
    assertFalse(problems.get(1).isError());
    assertTrue(
        problems.get(1).toString().contains("lines.net.trust: CN=interop-ca in"),
        problems.toString());
    assertTrue(problems.get(1).toString().contains(" expired on "), problems.toString());
    assertEquals(List.of(), TlsCheck.of(plant, Instant.now().minus(Duration.ofDays(300))));
  }
}
