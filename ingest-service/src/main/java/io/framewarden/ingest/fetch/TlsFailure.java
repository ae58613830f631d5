package io.framewarden.ingest.fetch;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Why no TLS connection came about, and what to do, for people. */
final class TlsFailure {
  private static final int MAX_DEPTH = 20;

  private TlsFailure() {}

  /** The sentence's end, if the failure of an https request is one of TLS. */
  static Optional<String> in(Throwable failure) {
    if (has(failure, CertificateExpiredException.class)
        || has(failure, CertificateNotYetValidException.class)) {
      return Optional.of(
          "its certificate is out of date, or not valid yet; renew it there, or check the clock"
              + " here");
    }
    if (has(failure, CertPathBuilderException.class)
        || has(failure, CertPathValidatorException.class)) {
      return Optional.of(
          "its certificate is of no authority that this service trusts; add that authority to the"
              + " trust store of the service's Java (-Djavax.net.ssl.trustStore=FILE)");
    }
    if (has(failure, CertificateException.class)) {
      return Optional.of(
          "its certificate is for another host; use a host name that the certificate has");
    }
    if (has(failure, SSLException.class)) {
      return Optional.of("no TLS connection can be made with it; check that it speaks https there");
    }
    // What speaks no TLS may be seen to close before it is seen to answer something else.
    return has(failure, EOFException.class)
            || has(failure, ClosedChannelException.class)
            || (has(failure, SocketException.class) && !isUnconnected(failure))
        ? Optional.of("it breaks the connection off; check that it speaks https there")
        : Optional.empty();
  }

  private static boolean isUnconnected(Throwable failure) {
    return has(failure, ConnectException.class) || has(failure, NoRouteToHostException.class);
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < MAX_DEPTH; depth++) {
      if (kind.isInstance(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }
}
