package io.framewarden.trainer.run;

import io.framewarden.schemas.model.ModelManifest.Extraction;
import io.framewarden.trainer.dataset.DatasetException;
import io.framewarden.trainer.dataset.EvaluationFaces;
import io.framewarden.trainer.dataset.EvaluationFaces.Labelled;
import io.framewarden.trainer.dataset.FaceSample;
import io.framewarden.trainer.dataset.FaceSet;
import io.framewarden.trainer.dataset.FaceSetReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The extraction recipes beside the first of a run whose faces its model may score, with the faces
 * that it is measured on for each: those of the run's other archives, and those of archives that it
 * was not trained on. Immutable.
 */
final class FurtherExtractions {
  private final List<Faces> extractions;

  private record Faces(String digest, String recipe, FaceSet faces) {}

  private FurtherExtractions(List<Faces> extractions) {
    this.extractions = List.copyOf(extractions);
  }

  /**
   * Finds the faces.
   *
   * @param calibratedOn whom the thresholds are chosen on
   * @param archives of extractions that the run does not have; people whom the weights or the
   *     thresholds come from are left out
   * @throws DatasetException when the run has an archive's extraction, or nobody real is left
   */
  static FurtherExtractions of(RunData data, FaceSet calibratedOn, List<Path> archives)
      throws IOException {
    List<Faces> found = new ArrayList<>(split(data.test()));
    found.remove(0);
    if (!archives.isEmpty()) {
      Set<String> seen = new HashSet<>();
      Stream.of(data.train(), calibratedOn)
          .flatMap(side -> side.faces().stream())
          .flatMap(FurtherExtractions::people)
          .forEach(seen::add);
      FaceSet unseen =
          FaceSetReader.read(archives).only(face -> people(face).noneMatch(seen::contains));
      List<Faces> others = split(unseen);
      others.forEach(other -> check(other, data, archives));
      found.addAll(others);
    }
    return new FurtherExtractions(found);
  }

  /**
   * The extractions with the model's metrics on their faces, which stay as the archives hold them.
   */
  List<Extraction> measure(Function<List<Labelled>, Map<String, Double>> metrics) {
    return extractions.stream()
        .map(
            extraction ->
                new Extraction(
                    extraction.digest(),
                    ArtifactPublisher.recipe(extraction.recipe()),
                    metrics.apply(EvaluationFaces.unchanged(extraction.faces()))))
        .toList();
  }

  /** The faces of each extraction, in the order of the archives. */
  private static List<Faces> split(FaceSet all) {
    return all.extractions().entrySet().stream()
        .map(
            extraction ->
                new Faces(
                    extraction.getKey(),
                    extraction.getValue(),
                    all.only(face -> face.extractionDigest().equals(extraction.getKey()))))
        .toList();
  }

  private static Stream<String> people(FaceSample face) {
    return Stream.of(face.identity(), face.sourceIdentity()).filter(name -> !name.isBlank());
  }

  private static void check(Faces other, RunData data, List<Path> archives) {
    if (data.faces().extractions().containsKey(other.digest())) {
      throw new DatasetException(
          "%s: the run has faces of recipe %s already; give archives of other extractions"
              .formatted(archives, other.digest()));
    }
    if (other.faces().reals().isEmpty()) {
      throw new DatasetException(
          "%s: no real face of recipe %s there of people whom neither training nor calibration saw"
              .formatted(archives, other.digest()));
    }
  }
}
