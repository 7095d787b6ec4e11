package io.plantbus.protocols.modbus.diagnostics;

import io.plantbus.protocols.ByteBlock;
import io.plantbus.protocols.modbus.ExceptionCode;
import io.plantbus.protocols.modbus.Request;
import io.plantbus.protocols.modbus.RequestDecoder.Decoded;
import io.plantbus.protocols.modbus.Response;
import io.plantbus.protocols.modbus.SubFunction;

/// Counters, event log and listen-only mode of one unit; answers function codes 8, 11 and 12. All
/// counters are words that wrap. Safe for any thread.
///
/// What a restart or a clearing does is done once it was answered.
public final class UnitDiagnostics {
  private final LineDiagnostics line;
  private final EventLog log = new EventLog();
  private long messagesBefore;
  private long errorsBefore;
  private long overrunsBefore;
  private long exceptions;
  private long requests;
  private long unanswered;
  private long negativeAcknowledges;
  private long busies;
  private long completed;
  private int register;
  private boolean listenOnly;
  private boolean programming;

  /// @param line whose monitor guards this
  UnitDiagnostics(LineDiagnostics line) {
    this.line = line;
  }

  void copyFrom(UnitDiagnostics other) {
    log.copyFrom(other.log);
    messagesBefore = other.messagesBefore;
    errorsBefore = other.errorsBefore;
    overrunsBefore = other.overrunsBefore;
    exceptions = other.exceptions;
    requests = other.requests;
    unanswered = other.unanswered;
    register = other.register;
    listenOnly = other.listenOnly;
  }

  /// A request to this unit was heard.
  public Verdict received(Decoded decoded) {
    synchronized (line) {
      line.count();
      log(EventLog.RECEIVED);
      requests++;
      if (listenOnly) {
        finishUnanswered();
        if (decoded instanceof Decoded.WellFormed(Request.Diagnostics request)
            && request.subFunction() == SubFunction.RESTART_COMMUNICATIONS) {
          restart(request.data());
        }
        return Verdict.Silence.INSTANCE;
      }
      return switch (decoded) {
        case Decoded.Malformed(ExceptionCode code) -> new Verdict.Answer(Response.Refusal.of(code));
        case Decoded.WellFormed(Request.Diagnostics request) -> diagnose(request);
        case Decoded.WellFormed(Request.GetCommEventCounter _) ->
            new Verdict.Answer(new Response.CommEventCounter(programming, word(completed)));
        case Decoded.WellFormed(Request.GetCommEventLog _) ->
            new Verdict.Answer(
                new Response.CommEventLog(
                    programming,
                    word(completed),
                    word(line.messages() - messagesBefore),
                    log.newestFirst()));
        case Decoded.WellFormed(Request request) -> new Verdict.Execute(request);
      };
    }
  }

  private Verdict diagnose(Request.Diagnostics request) {
    if (request.subFunction() == SubFunction.FORCE_LISTEN_ONLY) {
      finishUnanswered();
      listenOnly();
      return Verdict.Silence.INSTANCE;
    }
    return new Verdict.Answer(
        request.subFunction().returnsWord()
            ? Response.Diagnostics.ofWord(request.subFunction(), count(request.subFunction()))
            : new Response.Diagnostics(request.subFunction(), request.data()));
  }

  /// What a sub-function returns: a counter or the diagnostic register, 0..65535.
  ///
  /// @throws IllegalArgumentException unless it returns a word
  public int count(SubFunction subFunction) {
    synchronized (line) {
      return switch (subFunction) {
        case RETURN_DIAGNOSTIC_REGISTER -> register;
        case BUS_MESSAGES -> word(line.messages() - messagesBefore);
        case BUS_COMMUNICATION_ERRORS -> word(line.errors() - errorsBefore);
        case EXCEPTION_ERRORS -> word(exceptions);
        case SERVER_MESSAGES -> word(requests);
        case NO_RESPONSES -> word(unanswered);
        case NEGATIVE_ACKNOWLEDGES -> word(negativeAcknowledges);
        case BUSIES -> word(busies);
        case CHARACTER_OVERRUNS -> word(line.overruns() - overrunsBefore);
        case RETURN_QUERY_DATA,
            RESTART_COMMUNICATIONS,
            CHANGE_ASCII_DELIMITER,
            FORCE_LISTEN_ONLY,
            CLEAR_COUNTERS,
            CLEAR_OVERRUNS ->
            throw new IllegalArgumentException(subFunction + " counts nothing");
      };
    }
  }

  /// The answer to a request that was [#received] goes out.
  public void answered(Response response) {
    synchronized (line) {
      switch (response) {
        case Response.Refusal(int code) -> {
          log(EventLog.sent(code));
          exceptions++;
          negativeAcknowledges += code == ExceptionCode.NEGATIVE_ACKNOWLEDGE.code() ? 1 : 0;
          busies += code == ExceptionCode.SERVER_DEVICE_BUSY.code() ? 1 : 0;
        }
        case Response.CommEventCounter _, Response.CommEventLog _ -> log(EventLog.SENT);
        case Response.Diagnostics(SubFunction subFunction, ByteBlock data) -> {
          log(EventLog.SENT);
          completed++;
          obey(subFunction, data);
        }
        case Response.Bits _,
            Response.Registers _,
            Response.Written _,
            Response.ExceptionStatus _,
            Response.ServerId _,
            Response.FileRecords _,
            Response.FifoQueue _,
            Response.DeviceIdentification _,
            Response.UserDefined _ -> {
          log(EventLog.SENT);
          completed++;
        }
      }
    }
  }

  /// A request that was [#received] and to be executed gets no answer.
  public void unanswered() {
    synchronized (line) {
      finishUnanswered();
    }
  }

  /// Whether the unit executes and answers nothing but a restart.
  public boolean isListenOnly() {
    synchronized (line) {
      return listenOnly;
    }
  }

  /// Sets the diagnostic register, whose meaning is the device's.
  ///
  /// @param value 0..65535
  public void diagnosticRegister(int value) {
    synchronized (line) {
      register = value & 0xFFFF;
    }
  }

  /// Sets whether a program command that was answered with exception 05 is still being processed,
  /// which only the device knows: the status of function codes 11 and 12 (AP 6.9, 6.10). False at
  /// first, and a restart does not change it.
  public void programming(boolean processed) {
    synchronized (line) {
      programming = processed;
    }
  }

  /// A broadcast request was heard. Errors in it count, although they are not answered.
  ///
  /// @param obeys whether the unit does what a diagnosis asks for
  void broadcast(Decoded decoded, boolean obeys) {
    boolean wasListening = !listenOnly;
    log(EventLog.RECEIVED | EventLog.RECEIVED_BROADCAST);
    requests++;
    exceptions += wasListening && decoded instanceof Decoded.Malformed ? 1 : 0;
    finishUnanswered();
    if (decoded instanceof Decoded.WellFormed(Request.Diagnostics request)
        && request.isBroadcastable()
        && obeys
        && (wasListening || request.subFunction() == SubFunction.RESTART_COMMUNICATIONS)) {
      obey(request.subFunction(), request.data());
    }
  }

  static Verdict verdictOfBroadcast(Decoded decoded) {
    return decoded instanceof Decoded.WellFormed(Request request)
            && request.isBroadcastable()
            && !(request instanceof Request.Diagnostics)
        ? new Verdict.Execute(request)
        : Verdict.Silence.INSTANCE;
  }

  void log(int event) {
    boolean marked = (event & (EventLog.RECEIVED | EventLog.SENT)) != 0;
    log.add(marked && listenOnly ? event | EventLog.LISTEN_ONLY : event);
  }

  private void obey(SubFunction subFunction, ByteBlock data) {
    switch (subFunction) {
      case RESTART_COMMUNICATIONS -> restart(data);
      case FORCE_LISTEN_ONLY -> listenOnly();
      case CLEAR_COUNTERS -> {
        clearCounters();
        register = 0;
      }
      case CLEAR_OVERRUNS -> overrunsBefore = line.overruns();
      case CHANGE_ASCII_DELIMITER -> line.asciiDelimiter(data.byteAt(0));
      case RETURN_QUERY_DATA,
          RETURN_DIAGNOSTIC_REGISTER,
          BUS_MESSAGES,
          BUS_COMMUNICATION_ERRORS,
          EXCEPTION_ERRORS,
          SERVER_MESSAGES,
          NO_RESPONSES,
          NEGATIVE_ACKNOWLEDGES,
          BUSIES,
          CHARACTER_OVERRUNS -> {}
    }
  }

  private void restart(ByteBlock data) {
    listenOnly = false;
    clearCounters();
    if (data.byteAt(0) != 0) {
      log.clear();
    }
    log(EventLog.RESTARTED);
  }

  private void listenOnly() {
    listenOnly = true;
    log(EventLog.ENTERED_LISTEN_ONLY);
  }

  private void clearCounters() {
    messagesBefore = line.messages();
    errorsBefore = line.errors();
    overrunsBefore = line.overruns();
    exceptions = 0;
    requests = 0;
    unanswered = 0;
    negativeAcknowledges = 0;
    busies = 0;
    completed = 0;
  }

  private void finishUnanswered() {
    log(EventLog.SENT);
    unanswered++;
  }

  private static int word(long count) {
    return (int) count & 0xFFFF;
  }
}
