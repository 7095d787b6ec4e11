package io.plantbus.hal.tcp.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// The JDK's checks of a peer's chain, after a look at its dates: the JDK takes a certificate that
/// is itself a trust anchor for good, however old it is.
final class PeerTrust extends X509ExtendedTrustManager {
  private final X509ExtendedTrustManager paths;

  PeerTrust(X509ExtendedTrustManager paths) {
    this.paths = paths;
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    requireValid(chain);
    paths.checkClientTrusted(chain, type, engine);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    requireValid(chain);
    paths.checkServerTrusted(chain, type, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    requireValid(chain);
    paths.checkClientTrusted(chain, type, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    requireValid(chain);
    paths.checkServerTrusted(chain, type, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireValid(chain);
    paths.checkClientTrusted(chain, type);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    requireValid(chain);
    paths.checkServerTrusted(chain, type);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return paths.getAcceptedIssuers();
  }

  private static void requireValid(X509Certificate[] chain) throws CertificateException {
    for (X509Certificate certificate : chain) {
      certificate.checkValidity();
    }
  }
}
