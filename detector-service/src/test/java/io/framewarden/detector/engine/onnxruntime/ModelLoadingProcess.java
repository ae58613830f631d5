package io.framewarden.detector.engine.onnxruntime;

import io.framewarden.detector.release.ModelLoader;
import java.nio.file.Path;

/** Loads the model of the folder it is given, and says with what. */
public final class ModelLoadingProcess {
  private ModelLoadingProcess() {}

  public static void main(String[] arguments) {
    ModelLoader loader = new ModelLoader(new OnnxRuntimeFactory(1), 2);
    try (var model = loader.load(Path.of(arguments[0]))) {
      System.out.println("loaded with " + model.engine().name());
    }
  }
}
