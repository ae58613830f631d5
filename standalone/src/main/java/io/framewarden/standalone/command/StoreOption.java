package io.framewarden.standalone.command;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.util.HashMap;
import java.util.Map;

/** The object store of a command: its option, above the environment. */
final class StoreOption {
  private StoreOption() {}

  /**
   * The store and how it is reached. Variables of anything else are not judged here.
   *
   * @param store the option, or null where it was not given
   * @throws InvalidConfigurationException naming every bad variable
   */
  static StoreConfig config(String store) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    variables.keySet().removeIf(name -> !name.startsWith(StoreConfig.STORE));
    if (store != null) {
      variables.put(StoreConfig.STORE, store);
    }
    Settings settings = new Settings(variables);
    StoreConfig config = StoreConfig.from(settings);
    settings.check();
    return config;
  }
}
