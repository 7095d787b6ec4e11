package io.plantbus.simulators.endpoint;

import io.plantbus.hal.AgentRunner;
import io.plantbus.hal.DatagramPort;
import io.plantbus.hal.Link;
import io.plantbus.hal.NanoClock;
import io.plantbus.hal.PortException;
import io.plantbus.hal.SerialSettings;
import io.plantbus.hal.StreamPort;
import io.plantbus.hal.TlsFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What a bench needs of a machine to be served on its endpoints; which vendor's adapters these are
/// is decided elsewhere. Safe for use by any thread.
public interface EndpointAdapters {
  /// The clock that links and runners go by, at the pace of real time.
  NanoClock clock();

  /// Runs each agent on a thread of its own, for lines that may block.
  AgentRunner threads();

  /// Makes a serial line without hardware: the link is its own end, and any program opens the other
  /// by name.
  ///
  /// @param name path that the other end is opened by; gone when the link is closed
  /// @throws PortException if it cannot be made
  Link terminal(Path name, SerialSettings settings) throws PortException;

  /// Listens for streams, secured if there are files to secure them with.
  ///
  /// @throws PortException if a file is missing or of no use
  StreamPort streams(@Nullable TlsFiles tls) throws PortException;

  /// Listens for datagrams.
  DatagramPort datagrams();
}
