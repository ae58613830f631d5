package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.DetectedFace;
import io.framewarden.extraction.face.FaceDetector;
import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.align.AlignmentTemplate;
import io.framewarden.extraction.face.align.FaceAligner;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.detect.FaceDetectors;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.extraction.ffmpeg.DecodedFrame;
import io.framewarden.extraction.ffmpeg.VideoReader;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many threads there are, the faces are the same. */
@Tag("slow")
final class ParallelExtractionTest {
  private static final SamplingPolicy POLICY = new SamplingPolicy(5, 0);

  @TempDir Path folder;

  @Test
  void facesAreThoseOfASequentialExtraction() throws Exception {
    Path file = people(4);
    List<byte[]> expected = extractSequentially(file);
    assertEquals(40, expected.size());
    List<FaceFrame> alone = extract(file, config().withThreads(1));
    List<FaceFrame> together = extract(file, config().withThreads(3));
    assertEquals(alone, together);
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(
          ByteBuffer.wrap(expected.get(i)), together.get(i).getPixels().asReadOnlyByteBuffer());
    }
  }

  @Test
  void whereEveryThirdFrameIsSearchedFacesBetweenAreInterpolated() throws Exception {
    Path file = people(4);
    List<FaceFrame> all = extract(file, config());
    List<FaceFrame> some = extract(file, every(3));
    // 20 frames: 0, 3 to 18 and the last one are searched.
    assertEquals(all.size(), some.size());
    assertEquals(
        all.stream().map(FaceFrame::getPtsUs).toList(),
        some.stream().map(FaceFrame::getPtsUs).toList());
    for (int i = 0; i < all.size(); i++) {
      int frame = i / 2;
      if (frame % 3 == 0 || frame == 19) {
        assertEquals(all.get(i).getPixels(), some.get(i).getPixels(), "frame " + frame);
      } else if (frame < 18) {
        FaceFrame before = some.get(i - 2 * (frame % 3));
        FaceFrame after = some.get(i - 2 * (frame % 3) + 6);
        float expected =
            (float)
                (before.getBox().getX()
                    + (after.getBox().getX() - before.getBox().getX()) * (frame % 3 / 3.0));
        assertEquals(expected, some.get(i).getBox().getX(), 1e-3);
        assertEquals(before.getTrackId(), some.get(i).getTrackId());
        assertEquals(all.get(i).getBox().getX(), some.get(i).getBox().getX(), 8, "near the truth");
      }
    }
    assertEquals(some, extract(file, every(3).withThreads(3)));
  }

  @Test
  void onlyAnOptionThatIsOnEntersTheRecipe() {
    String usual = digest(config());
    assertEquals(usual, digest(config().withThreads(3)));
    assertEquals(usual, digest(every(1)));
    assertNotEquals(usual, digest(every(2)));
    assertNotEquals(digest(every(2)), digest(every(3)));
    assertFalse(config().recipe().contains("every"));
    assertTrue(every(2).recipe().endsWith(" every=2 between=linear-1"));
  }

  private static FaceDetectorConfig config() {
    return FaceDetectorConfig.defaults();
  }

  private static FaceDetectorConfig every(int frames) {
    return config().withSearch(new FaceDetectorConfig.Search(1, frames, 0));
  }

  private Path people(double seconds) throws Exception {
    return SyntheticVideo.drawnFaces(
        folder.resolve("two.mp4"), VideoFormat.mpeg4(), 640, 360, 10, seconds, 2);
  }

  private static List<FaceFrame> extract(Path file, FaceDetectorConfig config) {
    List<FaceFrame> frames = new ArrayList<>();
    try (DetectorPool detectors = DetectorPool.open(config)) {
      new FaceExtractor(
              detectors,
              DecodeOptions.defaults(),
              POLICY,
              TrackingPolicy.defaults(),
              FaceSpec.defaults())
          .extract(file, "v", 1, frames::add);
    }
    return frames;
  }

  private static String digest(FaceDetectorConfig config) {
    try (DetectorPool detectors = DetectorPool.open(config)) {
      return new FaceExtractor(
              detectors,
              DecodeOptions.defaults(),
              POLICY,
              TrackingPolicy.defaults(),
              FaceSpec.defaults())
          .digest();
    }
  }

  /** The faces' pixels by the simplest loop. */
  private static List<byte[]> extractSequentially(Path file) throws Exception {
    List<byte[]> faces = new ArrayList<>();
    FaceAligner aligner = new FaceAligner(AlignmentTemplate.defaults());
    try (FaceDetector detector = FaceDetectors.open(config());
        VideoReader reader = VideoReader.open(file, DecodeOptions.defaults())) {
      FrameSampler sampler = POLICY.sampler(reader.probe().durationUs());
      Optional<DecodedFrame> next = reader.next();
      while (next.isPresent()) {
        if (sampler.accept(next.get().ptsUs())) {
          GrayImage luma = next.get().luma();
          for (DetectedFace face : detector.detect(luma)) {
            faces.add(aligner.align(luma, face));
          }
        }
        next = reader.next();
      }
    }
    return faces;
  }
}
