package io.plantbus.simulators.fault;

import io.plantbus.hal.StreamLink;

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
}
