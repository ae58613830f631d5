package io.framewarden.standalone.broker;

import io.framewarden.runtime.kafka.BrokerLogin;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;

/**
 * Tells the broker the one login that it takes, its own. Kafka would look for it in the metadata
 * log, where it would have to be written before the first client can log in.
 */
public final class LoginCheck implements AuthenticateCallbackHandler {
  private String user;
  private ScramCredential credential;

  @Override
  public void configure(
      Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    Map<String, ?> options = entries.get(0).getOptions();
    user = String.valueOf(options.get("username"));
    ScramMechanism scram = ScramMechanism.forMechanismName(BrokerLogin.MECHANISM);
    try {
      credential =
          new ScramFormatter(scram)
              .generateCredential(String.valueOf(options.get("password")), scram.minIterations());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no " + BrokerLogin.MECHANISM, e);
    }
  }

  @Override
  public void handle(Callback[] callbacks) throws IOException, UnsupportedCallbackException {
    String name = "";
    for (Callback callback : callbacks) {
      if (callback instanceof NameCallback asked) {
        name = asked.getDefaultName();
      } else if (callback instanceof ScramCredentialCallback answer) {
        if (name.equals(user)) {
          answer.scramCredential(credential);
        }
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}
}
