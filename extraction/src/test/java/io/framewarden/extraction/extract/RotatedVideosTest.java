package io.framewarden.extraction.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.extraction.face.FaceDetectorConfig;
import io.framewarden.extraction.face.GrayImage;
import io.framewarden.extraction.face.Rotation;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.extraction.ffmpeg.DecodeOptions;
import io.framewarden.testkit.video.DrawnFace;
import io.framewarden.testkit.video.DrawnFrame;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.testkit.video.VideoFormat;
import io.framewarden.v1.FaceFrame;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Videos on their side or upside down whose metadata does not say so. */
@Tag("slow")
@Timeout(300)
final class RotatedVideosTest {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 360;
  private static final int FRAMES = 20;
  private static final double FPS = 5;

  /** What it takes to be certain of a rotated face: the first two sightings do not count. */
  private static final int UNCERTAIN = 2;

  /** Gray levels on average; a face on its side differs by more than 40. */
  private static final double MAX_DIFFERENCE = 27;

  @TempDir Path folder;

  @Test
  void facesAreFoundInEveryQuarterAndAlignedUpright() throws Exception {
    List<FaceFrame> upright = extract(video(0), 1);
    assertEquals(FRAMES, upright.size());
    for (int quarters = 1; quarters <= 3; quarters++) {
      List<FaceFrame> rotated = extract(video(quarters), 1);
      int aligned = 0;
      for (int i = 0; i < rotated.size(); i++) {
        FaceFrame face = rotated.get(i);
        assertEquals(0, face.getTrackId(), "one person");
        assertEquals(i, face.getSeq());
        FaceFrame expected = upright.get((int) face.getFrameIndex());
        aligned += difference(expected, face, 0) < MAX_DIFFERENCE ? 1 : 0;
      }
      int most = FRAMES - UNCERTAIN - 1;
      assertTrue(rotated.size() >= most, quarters + ": " + rotated.size());
      // Upside down many are taken for upright ones, and what is found upright stays.
      int least = quarters == 2 ? FRAMES / 3 : most;
      assertTrue(aligned >= least, quarters + ": " + aligned + " aligned");
    }
  }

  @Test
  void boxesLieWhereTheFaceIsInTheFrame() throws Exception {
    for (FaceFrame face : extract(video(1), 1)) {
      DrawnFace drawn = drawn((int) face.getFrameIndex());
      double x = face.getBox().getX() + face.getBox().getWidth() / 2;
      double y = face.getBox().getY() + face.getBox().getHeight() / 2;
      // Rotated clockwise, what was on the left is at the top.
      assertEquals(HEIGHT - drawn.y(), x, 0.15 * drawn.size());
      assertEquals(drawn.x(), y, 0.15 * drawn.size());
    }
  }

  @Test
  void theNumberOfDetectorsChangesNothing() throws Exception {
    Path file = video(3);
    List<FaceFrame> alone = extract(file, 1);
    assertTrue(alone.size() > FRAMES / 2);
    assertEquals(alone, extract(file, 3));
  }

  @Test
  void anEmptyRoomHasNoRotatedFaces() throws Exception {
    assertEquals(
        List.of(), extract(SyntheticVideo.emptyRoom(folder.resolve("e.mp4"), 480, 360, 5, 4), 1));
  }

  private Path video(int quarters) throws Exception {
    boolean sideways = quarters % 2 == 1;
    return SyntheticVideo.frames(
        folder.resolve(quarters + ".mp4"),
        VideoFormat.mpeg4(),
        sideways ? HEIGHT : WIDTH,
        sideways ? WIDTH : HEIGHT,
        FPS,
        FRAMES,
        index ->
            SyntheticVideo.toLimitedRange(
                Rotation.undoQuarters(frame(index), (4 - quarters) % 4).pixels()));
  }

  private static DrawnFace drawn(int index) {
    return new DrawnFace(200 + 4 * index, 190 - index, 180);
  }

  private static GrayImage frame(int index) {
    DrawnFrame canvas = new DrawnFrame(WIDTH, HEIGHT);
    drawn(index).drawOn(canvas);
    canvas.blur(1);
    canvas.noise(2, index);
    return new GrayImage(WIDTH, HEIGHT, canvas.pixels());
  }

  private static List<FaceFrame> extract(Path file, int threads) {
    List<FaceFrame> faces = new ArrayList<>();
    try (DetectorPool detectors =
        DetectorPool.open(FaceDetectorConfig.defaults().withThreads(threads))) {
      new FaceExtractor(
              detectors,
              DecodeOptions.defaults(),
              SamplingPolicy.all(),
              TrackingPolicy.defaults(),
              FaceSpec.defaults())
          .extract(file, "v", 1, faces::add);
    }
    return faces;
  }

  /** The mean difference of two aligned faces, one of them rotated, in gray levels. */
  private static double difference(FaceFrame one, FaceFrame other, int quarters) {
    int side = one.getWidth();
    byte[] rotated =
        Rotation.undoQuarters(new GrayImage(side, side, other.getPixels().toByteArray()), quarters)
            .pixels();
    double sum = 0;
    for (int i = 0; i < rotated.length; i++) {
      sum += Math.abs((one.getPixels().byteAt(i) & 0xff) - (rotated[i] & 0xff));
    }
    return sum / rotated.length;
  }
}
