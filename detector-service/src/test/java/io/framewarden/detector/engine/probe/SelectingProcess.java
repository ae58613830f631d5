package io.framewarden.detector.engine.probe;

import io.framewarden.detector.engine.EngineConfig;
import io.framewarden.detector.engine.EngineSelection;
import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.runtime.config.Settings;
import java.nio.file.Path;
import java.util.Map;

/** Chooses an engine as a service does, loads a model with it, and says which. */
public final class SelectingProcess {
  private SelectingProcess() {}

  public static void main(String[] arguments) {
    Path model = Path.of(arguments[0]);
    EngineConfig config =
        EngineConfig.from(new Settings(Map.of(EngineConfig.CACHE_DIR, arguments[1])));
    EngineSelection selection = new EngineSelector(config).select(model, () -> false);
    System.out.println(selection.describe());
    try (LoadedModel loaded = new ModelLoader(selection.factory(), 4).load(model)) {
      System.out.println("scores on " + loaded.engine().name());
    }
  }
}
