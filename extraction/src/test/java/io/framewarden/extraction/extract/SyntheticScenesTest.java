package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.face.track.TrackerParameters;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.testkit.video.SyntheticScene;
import io.framewarden.v1.FaceFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scenes of drawn people, from the file to tracks, by the cascade. */
@Tag("slow")
class SyntheticScenesTest {
  @TempDir Path folder;
  private final List<FaceFrame> frames = new ArrayList<>();

  @Test
  void peopleWhoPassEachOtherKeepTheirTracks() throws IOException {
    SyntheticScene scene = SyntheticScene.crossing();
    ExtractionResult result = extract(scene, 0);
    assertEquals(0, result.cuts());
    assertEquals(2, result.tracks());
    assertEachTrackIsOnePerson(scene);
  }

  @Test
  void aCutEndsTracksThoughTheNextPersonIsAtTheSamePlace() throws IOException {
    SyntheticScene scene = SyntheticScene.cut();
    ExtractionResult result = extract(scene, 0);
    assertEquals(1, result.cuts());
    assertEquals(2, result.tracks());
    assertEachTrackIsOnePerson(scene);
  }

  @Test
  void peopleWhoComeAndGoAreOneTrackEach() throws IOException {
    SyntheticScene scene = SyntheticScene.entering();
    ExtractionResult result = extract(scene, 0);
    assertEquals(0, result.cuts());
    assertEquals(2, result.tracks());
    assertEachTrackIsOnePerson(scene);
  }

  @Test
  void aFlashEndsNoTrack() throws IOException {
    ExtractionResult result = extract(SyntheticScene.flash(), 0);
    assertEquals(0, result.cuts());
    assertEquals(1, result.tracks());
  }

  @Test
  void aVideoFromAPhoneHeldUprightGivesFacesWhereTheyAre() throws IOException {
    SyntheticScene scene = SyntheticScene.phone();
    ExtractionResult result = extract(scene, 0);
    assertEquals(scene.frames(), result.faceFrames());
    assertEquals(1, result.tracks());
    assertEachTrackIsOnePerson(scene);
  }

  @Test
  void facesUnderTheConfiguredSizeAreCountedAndLeftOut() throws IOException {
    SyntheticScene scene = SyntheticScene.entering();
    ExtractionResult all = extract(scene, 0);
    assertEquals(0, all.ignoredFaces());
    frames.clear();
    ExtractionResult none = extract(scene, 400);
    assertEquals(0, none.faceFrames());
    assertEquals(0, none.tracks());
    assertEquals(all.faceFrames(), none.ignoredFaces());
    assertEquals(all.faceFrames(), none.marker().getIgnoredFaces());
  }

  @Test
  void everyFaceFrameHasAQuality() throws IOException {
    extract(SyntheticScene.phone(), 0);
    for (FaceFrame frame : frames) {
      assertTrue(frame.getQuality().getValue() > 0, frame.getQuality().toString());
      assertTrue(frame.getQuality().getValue() <= frame.getConfidence());
      assertEquals(1, frame.getQuality().getSize());
    }
  }

  private ExtractionResult extract(SyntheticScene scene, int ignoreUnder) throws IOException {
    Path file = scene.write(folder.resolve(scene.name() + ".mp4"));
    try (FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults())) {
      FaceExtractor extractor =
          new FaceExtractor(
              DetectorPool.of(detector),
              DecodeOptions.defaults(),
              SamplingPolicy.all(),
              new TrackingPolicy(TrackerParameters.defaults(), ignoreUnder),
              FaceSpec.defaults());
      ExtractionResult result = extractor.extract(file, scene.name(), 1, frames::add);
      assertEquals("", result.failureMessage());
      assertEquals(scene.frames(), result.sampledFrames());
      return result;
    }
  }

  private void assertEachTrackIsOnePerson(SyntheticScene scene) {
    Map<Integer, Set<Integer>> people = new HashMap<>();
    for (FaceFrame frame : frames) {
      double x = frame.getBox().getX() + frame.getBox().getWidth() / 2;
      double y = frame.getBox().getY() + frame.getBox().getHeight() / 2;
      scene.people().apply(frame.getPtsUs() / 1e6).stream()
          .filter(person -> Math.hypot(person.face().x() - x, person.face().y() - y) < 40)
          .findFirst()
          .ifPresent(
              person ->
                  people
                      .computeIfAbsent(frame.getTrackId(), id -> new HashSet<>())
                      .add(person.id()));
    }
    assertTrue(!people.isEmpty());
    people.forEach((track, who) -> assertEquals(1, who.size(), "track " + track + " is " + who));
  }
}
