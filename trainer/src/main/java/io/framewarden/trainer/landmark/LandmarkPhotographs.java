package io.framewarden.trainer.landmark;

import io.framewarden.extraction.face.DenseLandmarks;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.SimilarityTransform;
import io.framewarden.extraction.face.align.LandmarkCrop;
import io.framewarden.extraction.face.onnx.LandmarkNetwork;
import io.framewarden.trainer.archive.PersonGroups.Side;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.photograph.PhotographFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Labelled photographs, read as gray into memory: 50 KB each at 224x224. Whoever is not trained on
 * is known by a hash of the file's name, the same in every run.
 *
 * @param train to learn from
 * @param test to measure on
 */
record LandmarkPhotographs(List<LabelledFace> train, List<LabelledFace> test) {
  private static final int SIDE = LandmarkNetwork.SIDE;

  /**
   * Reads all labelled photographs of a folder.
   *
   * @param labels CSV as {@link LandmarkLabels} reads it
   * @throws DatasetException if a labelled photograph is missing, or one side has none
   * @throws IOException if a file cannot be read
   */
  static LandmarkPhotographs read(Path folder, Path labels) throws IOException {
    LandmarkLabels all = LandmarkLabels.read(labels);
    LandmarkPhotographs photographs =
        new LandmarkPhotographs(
            read(folder, all.only(Side.TRAIN)), read(folder, all.only(Side.TEST)));
    if (photographs.train.isEmpty() || photographs.test.isEmpty()) {
      throw new DatasetException(
          "%s: %d photographs to train on and %d to measure on; label more of them"
              .formatted(labels, photographs.train.size(), photographs.test.size()));
    }
    return photographs;
  }

  private static List<LabelledFace> read(Path folder, LandmarkLabels labels) throws IOException {
    List<LabelledFace> faces = new ArrayList<>();
    for (Map.Entry<String, DenseLandmarks> label : labels.byFile().entrySet()) {
      Path file = folder.resolve(label.getKey());
      if (!Files.isRegularFile(file)) {
        throw new DatasetException(file + " is labelled but not there; name the labels' folder");
      }
      GrayImage image =
          PhotographFiles.gray(Files.readAllBytes(file))
              .orElseThrow(() -> new DatasetException(file + ": no photograph that OpenCV reads"));
      faces.add(new LabelledFace(label.getKey(), image, label.getValue()));
    }
    return List.copyOf(faces);
  }

  /** x and y of each landmark of the mean face in the right crop, in parts of its side. */
  float[] mean() {
    double[] sum = new double[2 * DenseLandmarks.POINTS];
    for (LabelledFace face : train) {
      SimilarityTransform toCrop = LandmarkCrop.of(face.landmarks(), SIDE).inverse();
      DenseLandmarks inCrop = face.landmarks().moved(toCrop);
      for (int i = 0; i < DenseLandmarks.POINTS; i++) {
        sum[2 * i] += inCrop.points().get(i).x() / SIDE;
        sum[2 * i + 1] += inCrop.points().get(i).y() / SIDE;
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / train.size());
    }
    return mean;
  }
}
