package io.plantbus.simulators.fault;

import io.plantbus.hal.StreamLink;
import java.security.cert.X509Certificate;
import org.jspecify.annotations.Nullable;

/// A stream link whose outgoing answers go through a disturber.
final class DisturbedStreamLink extends DisturbedLink implements StreamLink {
  private final StreamLink link;

  DisturbedStreamLink(StreamLink link, AnswerDisturber disturber) {
    super(link, disturber);
    this.link = link;
  }

  @Override
  public String peer() {
    return link.peer();
  }

  @Override
  public @Nullable X509Certificate peerCertificate() {
    return link.peerCertificate();
  }
}
