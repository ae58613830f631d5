package io.framewarden.detector.scoring;

import com.google.protobuf.ByteString;
import io.framewarden.detector.TinyModel;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FrameScore;
import java.util.List;

/** Face frames for tests. */
public final class Frames {
  public static final String RECIPE = "recipe";

  public static final int PARTITION = 5;

  private Frames() {}

  /** Frame {@code seq} of video "v", attempt 9, with these pixels. */
  public static FaceFrame frame(int seq, byte[] pixels) {
    return FaceFrame.newBuilder()
        .setVideoId("v")
        .setAttempt(9)
        .setSeq(seq)
        .setFrameIndex(10L * seq)
        .setPtsUs(400_000L * seq)
        .setTrackId(2)
        .setStream(1)
        .setBox(Box.newBuilder().setX(1).setY(2).setWidth(3).setHeight(4))
        .setWidth(TinyModel.SIDE)
        .setHeight(TinyModel.SIDE)
        .setPixels(ByteString.copyFrom(pixels))
        .setExtractionDigest(RECIPE)
        .build();
  }

  /** Requests to score frames that lie at offsets 1000 + seq of {@link #PARTITION}. */
  public static List<ScoringRequest> requests(List<FaceFrame> frames) {
    return frames.stream()
        .map(frame -> new ScoringRequest(frame, PARTITION, 1000 + frame.getSeq()))
        .toList();
  }

  /** The scores of completed requests. */
  public static List<FrameScore> scores(List<ScoringRequest> requests) {
    return requests.stream().map(request -> request.score().orElseThrow()).toList();
  }
}
