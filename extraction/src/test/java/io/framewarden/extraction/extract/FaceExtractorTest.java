package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
final class FaceExtractorTest {
  @TempDir Path folder;

  private final FaceDetector detector = FaceDetectors.open(FaceDetectorConfig.defaults());
  private final FaceExtractor extractor =
      new FaceExtractor(detector, DecodeOptions.defaults(), SamplingPolicy.defaults());
  private final List<FaceFrame> frames = new ArrayList<>();

  @AfterEach
  void closeDetector() {
    detector.close();
  }

  @Test
  void aFaceInEverySampledFrameBecomesOneTrackOfDenseFrames() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("one.mp4"), 320, 240, 20, 2);
    ExtractionResult result = extractor.extract(file, "one", 7, frames::add);
    assertEquals(32, result.sampledFrames());
    assertEquals(40, result.decodedFrames());
    assertEquals(32, result.faceFrames());
    assertEquals(1, result.tracks());
    assertFalse(result.streams().get(0).getTruncated());
    assertEquals(
        IntStream.range(0, 32).boxed().toList(), frames.stream().map(FaceFrame::getSeq).toList());
    for (FaceFrame frame : frames) {
      assertEquals(224 * 224, frame.getPixels().size());
      assertEquals(extractor.recipe().digest(), frame.getExtractionDigest());
      assertEquals(frame.getFrameIndex() * 50_000, frame.getPtsUs());
      assertEquals(7, frame.getAttempt());
    }
  }

  @Test
  void theSameVideoGivesTheSameBytesAgain() throws Exception {
    Path file = SyntheticVideo.drawnFace(folder.resolve("same.mp4"), 320, 240, 10, 1);
    extractor.extract(file, "same", 1, frames::add);
    List<FaceFrame> again = new ArrayList<>();
    try (FaceDetector other = FaceDetectors.open(FaceDetectorConfig.defaults())) {
      new FaceExtractor(other, DecodeOptions.defaults(), SamplingPolicy.defaults())
          .extract(file, "same", 1, again::add);
    }
    assertFalse(frames.isEmpty());
    assertEquals(frames, again);
  }

  @Test
  void severalPeopleKeepTracksOfTheirOwn() throws Exception {
    Path file =
        SyntheticVideo.drawnFaces(
            folder.resolve("two.mp4"), VideoFormat.mpeg4(), 640, 360, 10, 1, 2);
    ExtractionResult result = extractor.extract(file, "two", 1, frames::add);
    assertEquals(2, result.tracks());
    Map<Integer, Double> places =
        frames.stream()
            .collect(
                Collectors.groupingBy(
                    FaceFrame::getTrackId,
                    Collectors.averagingDouble(frame -> frame.getBox().getX())));
    assertEquals(2, places.size());
    assertTrue(Math.abs(places.get(0) - places.get(1)) > 200, places.toString());
    assertEquals(20, frames.size());
  }

  @Test
  void aVideoWithoutAFaceIsNoFailure() throws Exception {
    Path file = SyntheticVideo.emptyRoom(folder.resolve("empty.mp4"), 320, 240, 10, 1);
    ExtractionResult result = extractor.extract(file, "empty", 1, frames::add);
    assertFalse(result.isFailed());
    assertEquals(0, result.faceFrames());
    assertEquals(10, result.sampledFrames());
  }

  @Test
  void unreadableFilesFailWithTheirReason() throws Exception {
    assertEquals(FailureReason.NOT_A_VIDEO, failure("not a video at all"));
    assertEquals(FailureReason.EMPTY_INPUT, failure(""));
    assertEquals(FailureReason.PLAYLIST, failure("#EXTM3U\nother.mp4\n"));
    assertEquals(
        FailureReason.SOURCE_MISSING,
        extractor.extract(folder.resolve("none.mp4"), "v", 1, frames::add).failure());
    assertTrue(frames.isEmpty());
  }

  private FailureReason failure(String content) throws Exception {
    Path file = Files.writeString(folder.resolve("bad.mp4"), content);
    ExtractionResult result = extractor.extract(file, "bad", 1, frames::add);
    assertFalse(result.failureMessage().isBlank());
    return result.failure();
  }
}
