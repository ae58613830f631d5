package io.framewarden.standalone.pipeline;

import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.testkit.TestModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The test model under other names: the same graph, another manifest, hence another digest. */
final class Variants {
  private Variants() {}

  static ModelArtifact of(Path folder, String name, String version) throws IOException {
    ModelArtifact model = ModelArtifact.open(TestModel.folder());
    Files.createDirectories(folder);
    Files.copy(model.model(), folder.resolve(ModelArtifact.MODEL));
    return ModelArtifact.write(
        folder,
        model.manifest().toBuilder().name(name).version(version).build(),
        model.goldenFaces(),
        model.goldenLogits());
  }
}
