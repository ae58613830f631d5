package io.framewarden.runtime.command;

import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.util.HashMap;
import java.util.Map;

/** The object store of a command: its option, above the environment. */
public final class StoreOption {
  private StoreOption() {}

  /**
   * The store and how it is reached. Variables of anything else are not judged here.
   *
   * @param store the option, or null where it was not given
   * @throws InvalidConfigurationException naming every bad variable
   */
  public static StoreConfig config(String store) {
    Map<String, String> variables = new HashMap<>(System.getenv());
    if (store != null) {
      variables.put(StoreConfig.STORE, store);
    }
    Settings settings = Settings.only(variables, StoreConfig.STORE);
    StoreConfig config = StoreConfig.from(settings);
    settings.check();
    return config;
  }
}
