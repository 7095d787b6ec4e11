package io.plantbus.protocols.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.plantbus.protocols.conformance.Covers;
import io.plantbus.protocols.conformance.Requirement;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.RequestEncoder;
import io.plantbus.protocols.modbus.RequestHead;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.ResponseEncoder;
import io.plantbus.protocols.modbus.Wire;
import io.plantbus.protocols.modbus.framing.AsciiDeframer;
import io.plantbus.protocols.modbus.framing.AsciiFrame;
import io.plantbus.protocols.modbus.framing.Crc16;
import io.plantbus.protocols.modbus.framing.MbapDeframer;
import io.plantbus.protocols.modbus.framing.MbapHeader;
import io.plantbus.protocols.modbus.framing.RtuRequestDeframer;
import io.plantbus.protocols.modbus.session.Outcome;
import io.plantbus.protocols.modbus.session.ResponseDecoder;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final int RUNS = 5_000;

  private final byte[] bytes = new byte[AsciiFrame.MAX_CHARACTERS];

  /// Requests of all functions, in all framings.
  private static Request anyRequest(SplittableRandom random) {
    return random.nextInt(5) == 0 ? Wire.anyDiagnosis(random) : Wire.anyRequest(random);
  }

  @Covers(Requirement.ROUND_TRIP)
  @Test
  void everyRequestSurvivesTcp() {
    Seed.times(RUNS, this::requestOverTcp);
  }

  private void requestOverTcp(SplittableRandom random) {
    Request request = anyRequest(random);
    int unit = random.nextInt(256);
    int transaction = random.nextInt(65_536);
    int pdu = RequestEncoder.encode(request, bytes, MbapHeader.BYTES);
    int length = MbapHeader.write(bytes, 0, transaction, unit, pdu);
    MbapDeframer deframer = new MbapDeframer();
    int at = 0;
    while (at < length) {
      at += deframer.take(bytes, at, random.nextInt(1, length - at + 1));
    }
    assertTrue(deframer.isComplete());
    assertEquals(transaction, deframer.transactionId());
    assertEquals(unit, deframer.unit());
    mustBe(request, deframer.bytes(), MbapHeader.BYTES, deframer.pduLength());
  }

  @Covers(Requirement.ROUND_TRIP)
  @Test
  void everyRequestSurvivesRtu() {
    Seed.times(RUNS, this::requestOverRtu);
  }

  private void requestOverRtu(SplittableRandom random) {
    Request request = anyRequest(random);
    int unit = random.nextInt(1, 248);
    bytes[0] = (byte) unit;
    int length = Crc16.append(bytes, 0, 1 + RequestEncoder.encode(request, bytes, 1));
    assertTrue(length <= RtuRequestDeframer.MAX_FRAME_BYTES);
    RtuRequestDeframer deframer = new RtuRequestDeframer();
    int at = 0;
    while (at < length) {
      assertTrue(!deframer.next());
      at += deframer.store(bytes, at, random.nextInt(1, length - at + 1));
    }
    assertTrue(deframer.next() || deframer.silence());
    assertEquals(unit, deframer.unit());
    mustBe(request, deframer.bytes(), deframer.offset() + 1, deframer.pduLength());
  }

  @Covers({Requirement.ROUND_TRIP, Requirement.ASCII_FRAME})
  @Test
  void everyRequestSurvivesAscii() {
    Seed.times(RUNS, this::requestOverAscii);
  }

  private void requestOverAscii(SplittableRandom random) {
    Request request = anyRequest(random);
    int unit = random.nextInt(1, 248);
    bytes[0] = (byte) unit;
    int pdu = RequestEncoder.encode(request, bytes, 1);
    int length = AsciiFrame.seal(bytes, 1 + pdu, AsciiFrame.LINE_FEED);
    AsciiDeframer deframer = new AsciiDeframer();
    int at = 0;
    while (at < length) {
      assertEquals(AsciiDeframer.Event.NONE, deframer.event());
      at += deframer.take(bytes, at, random.nextInt(1, length - at + 1));
    }
    assertEquals(AsciiDeframer.Event.FRAME, deframer.event());
    assertEquals(unit, deframer.bytes()[0] & 0xFF);
    mustBe(request, deframer.bytes(), 1, deframer.pduLength());
  }

  @Covers({Requirement.ROUND_TRIP, Requirement.UDP_DATAGRAM_IS_ADU})
  @Test
  void everyExchangeSurvivesUdp() {
    Seed.times(RUNS, random -> new DatagramExchange(random).meet());
  }

  private static void mustBe(Request request, byte[] bytes, int offset, int length) {
    assertEquals(new Decoded.WellFormed(request), RequestDecoder.decode(bytes, offset, length));
  }

  @Covers(Requirement.ROUND_TRIP)
  @Test
  void everyResponseIsReadAsWhatWasGiven() {
    ResponseDecoder decoder = new ResponseDecoder();
    RequestHead head = new RequestHead();
    Seed.times(
        RUNS,
        random -> {
          Request request = anyRequest(random);
          Response response = Wire.anyResponse(random, request);
          head.set(bytes, 1, RequestEncoder.encode(request, bytes, 1));
          int length = ResponseEncoder.encode(head, response, bytes, 1);
          assertTrue(length <= RequestEncoder.MAX_PDU_BYTES);
          Outcome expected =
              response instanceof Response.Refusal refusal
                  ? new Outcome.Refused(refusal)
                  : new Outcome.Answered(response);
          assertEquals(expected, decoder.decode(head, bytes, 1, length));
        });
  }
}
