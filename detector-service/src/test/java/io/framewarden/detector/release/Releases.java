package io.framewarden.detector.release;

import io.framewarden.detector.TinyModel;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Artifacts and releases for tests. */
public final class Releases {
  private static final List<byte[]> FACES = List.of(TinyModel.plain(40), TinyModel.plain(220));

  private Releases() {}

  /** A sound artifact whose logits lie higher by a bias, which makes it a model of its own. */
  public static ModelArtifact artifact(Path folder, String recipe, double bias) throws IOException {
    double[] logits = FACES.stream().mapToDouble(face -> TinyModel.logit(face) + bias).toArray();
    return TinyModel.write(folder, recipe, (float) bias, FACES, logits);
  }

  /** An event about the model "tiny" of some digest. */
  public static ModelRelease event(String digest, String version, ReleaseStage stage, long time) {
    return ModelRelease.newBuilder()
        .setModelName("tiny")
        .setVersion(version)
        .setArtifactUri("file:///store/models/tiny/" + digest + "/")
        .setModelDigest(digest)
        .setStage(stage)
        .setReleasedTimeUs(time)
        .build();
  }

  /** What a store throws. */
  public static ModelRefusedException refusal(ModelRefusedException.Reason reason) {
    return new ModelRefusedException(reason, "not today");
  }
}
