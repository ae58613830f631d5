package io.framewarden.trainer.dataset;

import io.framewarden.runtime.process.NativeLibraries;
import io.framewarden.trainer.training.FaceBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Batches of an archive; runs in a process of its own that has little memory. */
final class BatchesInLittleMemory {
  private BatchesInLittleMemory() {}

  /** Prints {@link #digest} of the archive that is named. */
  public static void main(String[] arguments) throws IOException {
    NativeLibraries.prepare();
    FaceSet faces = FaceSetReader.read(List.of(Path.of(arguments[0])));
    System.out.println(digest(faces));
  }

  /** Of every face and of some batches. */
  static long digest(FaceSet faces) {
    long digest = 0;
    for (FaceSample face : faces.faces()) {
      digest = 31 * digest + Arrays.hashCode(face.pixels());
    }
    DataRecipe recipe = DataRecipe.small().withoutForging();
    Domains domains = Domains.of(recipe.mix(), faces);
    BalancedBatchSource source = BalancedBatchSource.of(faces, recipe, domains, 8, 10, 5);
    for (long step = 0; step < 10; step++) {
      FaceBatch batch = source.next(step);
      digest = 31 * digest + Arrays.deepHashCode(batch.faces());
    }
    return digest;
  }
}
