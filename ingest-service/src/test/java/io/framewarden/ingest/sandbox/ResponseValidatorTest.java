package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.StageTimes;
import io.framewarden.extraction.ffmpeg.DecodeLimits;
import io.framewarden.ingest.sandbox.wire.JobDone;
import io.framewarden.ingest.sandbox.wire.JobProgress;
import io.framewarden.ingest.sandbox.wire.ProtocolException;
import io.framewarden.schemas.model.FaceShape;
import io.framewarden.v1.Box;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.PixelFormat;
import io.framewarden.v1.Point;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoStream;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ResponseValidatorTest {
  private static final ByteString PIXELS = ByteString.copyFrom(new byte[4]);
  private static final FaceFrame GOOD =
      FaceFrame.newBuilder()
          .setFrameIndex(3)
          .setPtsUs(120_000)
          .setWidth(2)
          .setHeight(2)
          .setConfidence(0.5f)
          .setBox(Box.newBuilder().setX(1).setY(2).setWidth(3).setHeight(4))
          .build();
  private static final VideoMarker MARKER =
      VideoMarker.newBuilder()
          .setFaceFrames(1)
          .setDecodedFrames(9)
          .setSampledFrames(4)
          .setTracks(1)
          .setDurationUs(360_000)
          .build();

  private final ResponseValidator answers =
      new ResponseValidator(
          DecodeLimits.defaults(),
          FaceFrame.newBuilder().setVideoId("ours").setAttempt(7).setExtractionDigest("recipe"),
          new FaceShape(2, 2, PixelFormat.GRAY8),
          3);

  @Test
  void idsAndPixelsAreOurs() throws Exception {
    FaceFrame said =
        GOOD.toBuilder()
            .setVideoId("theirs")
            .setAttempt(99)
            .setExtractionDigest("forged")
            .setPixels(ByteString.copyFromUtf8("theirs"))
            .build();
    FaceFrame face = answers.face(said, PIXELS);
    assertEquals("ours", face.getVideoId());
    assertEquals(7, face.getAttempt());
    assertEquals("recipe", face.getExtractionDigest());
    assertEquals(PIXELS, face.getPixels());
    assertEquals(3, face.getFrameIndex());
    assertEquals(4, face.getBox().getHeight());
  }

  @Test
  void impossibleFacesAreRefused() {
    List<UnaryOperator<FaceFrame.Builder>> forgeries =
        List.of(
            face -> face.setSeq(1),
            face -> face.setFrameIndex(-2),
            face -> face.setFrameIndex(Long.MAX_VALUE),
            face -> face.setPtsUs(-1),
            face -> face.setPtsUs(Long.MAX_VALUE),
            face -> face.setTrackId(-1),
            face -> face.setTrackId(Integer.MAX_VALUE),
            face -> face.setWidth(1 << 20),
            face -> face.setConfidence(Float.NaN),
            face -> face.setConfidence(1.5f),
            face -> face.addLandmarks(Point.getDefaultInstance()),
            face -> face.setBox(Box.newBuilder().setX(Float.NaN)),
            face -> face.setBox(Box.newBuilder().setWidth(Float.POSITIVE_INFINITY)));
    for (UnaryOperator<FaceFrame.Builder> forgery : forgeries) {
      FaceFrame forged = forgery.apply(GOOD.toBuilder()).build();
      assertThrows(ProtocolException.class, () -> answers.face(forged, PIXELS), forged.toString());
    }
  }

  @Test
  void timeDoesNotGoBack() throws Exception {
    answers.face(GOOD, PIXELS);
    FaceFrame before = GOOD.toBuilder().setSeq(1).setFrameIndex(2).build();
    assertThrows(ProtocolException.class, () -> answers.face(before, PIXELS));
    answers.progress(new JobProgress(5, 1, 1));
    assertThrows(ProtocolException.class, () -> answers.progress(new JobProgress(5, 2, 1)));
    assertThrows(
        ProtocolException.class, () -> answers.progress(new JobProgress(6, 2, Long.MAX_VALUE)));
  }

  @Test
  void eachStreamBeginsAnewAndComesOnce() throws Exception {
    answers.face(GOOD, PIXELS);
    FaceFrame other = GOOD.toBuilder().setSeq(1).setStream(1).setFrameIndex(0).setPtsUs(0).build();
    assertEquals(1, answers.face(other, PIXELS).getStream());
    FaceFrame back = GOOD.toBuilder().setSeq(2).setStream(0).build();
    assertThrows(ProtocolException.class, () -> answers.face(back, PIXELS));
    FaceFrame far = GOOD.toBuilder().setSeq(2).setStream(1 << 20).build();
    assertThrows(ProtocolException.class, () -> answers.face(far, PIXELS));
  }

  @Test
  void impossibleStreamsAreRefused() throws Exception {
    answers.face(GOOD, PIXELS);
    VideoStream good =
        VideoStream.newBuilder().setCodec("h264").setDecodedFrames(9).setEndUs(5).build();
    VideoMarker given = MARKER.toBuilder().addStreams(good).build();
    assertEquals(List.of(good), answers.result(given).streams());
    List<UnaryOperator<VideoStream.Builder>> forgeries =
        List.of(
            stream -> stream.setIndex(-1),
            stream -> stream.setWidth(1 << 30).setHeight(1 << 30),
            stream -> stream.setDecodedFrames(Long.MAX_VALUE),
            stream -> stream.setSampledFrames(10),
            stream -> stream.setDamagedFrames(10),
            stream -> stream.setStartUs(6),
            stream -> stream.setUnsampledUs(-1),
            stream -> stream.setCodec("h".repeat(100)),
            stream -> stream.setFailureValue(9999));
    for (UnaryOperator<VideoStream.Builder> forgery : forgeries) {
      VideoMarker forged = MARKER.toBuilder().addStreams(forgery.apply(good.toBuilder())).build();
      assertThrows(ProtocolException.class, () -> answers.result(forged), forged.toString());
    }
    VideoMarker many = MARKER.toBuilder().addAllStreams(Collections.nCopies(99, good)).build();
    assertThrows(ProtocolException.class, () -> answers.result(many));
  }

  @Test
  void aResultAgreesWithWhatCameBefore() throws Exception {
    answers.face(GOOD, PIXELS);
    List<VideoMarker> forgeries =
        List.of(
            MARKER.toBuilder().setFaceFrames(2).build(),
            MARKER.toBuilder().setDecodedFrames(3).build(),
            MARKER.toBuilder().setDecodedFrames(Long.MAX_VALUE).build(),
            MARKER.toBuilder().setSampledFrames(10).build(),
            MARKER.toBuilder().setTracks(2).build(),
            MARKER.toBuilder().setDurationUs(-1).build());
    for (VideoMarker forged : forgeries) {
      assertThrows(ProtocolException.class, () -> answers.result(forged), forged.toString());
    }
    assertEquals(9, answers.result(MARKER).decodedFrames());
  }

  @Test
  void noStageTakesMoreThanTheTimeThatPassedForEachOfItsThreads() throws Exception {
    Duration passed = Duration.ofSeconds(10);
    for (ExtractionStage stage : JobDone.STAGES) {
      int threads = stage == ExtractionStage.DETECT ? 3 : 1;
      StageTimes possible = only(stage, passed.multipliedBy(threads));
      assertEquals(possible, answers.times(possible, passed));
      for (Duration forged :
          List.of(
              Duration.ofNanos(-1),
              Duration.ofNanos(Long.MIN_VALUE),
              passed.plusSeconds(2).multipliedBy(threads),
              Duration.ofNanos(Long.MAX_VALUE))) {
        ProtocolException refused =
            assertThrows(ProtocolException.class, () -> answers.times(only(stage, forged), passed));
        assertTrue(refused.getMessage().contains(stage.label()), refused.getMessage());
      }
    }
    assertEquals(StageTimes.NONE, answers.times(StageTimes.NONE, passed));
  }

  private static StageTimes only(ExtractionStage stage, Duration time) {
    return new StageTimes(Map.of(stage, time));
  }

  @Test
  void aFailureIsOneThatFilesHaveAndItsMessageOneReadableLine() throws Exception {
    VideoMarker.Builder failed =
        VideoMarker.newBuilder()
            .setFailure(FailureReason.CORRUPT)
            .setFailureMessage("bad\r\n\u001b[31mInjected: header\0" + "x".repeat(1000));
    String message = answers.result(failed.build()).failureMessage();
    assertEquals(503, message.length());
    assertEquals("bad [31mInjected: header x", message.substring(0, 26));
    for (FailureReason theirs :
        List.of(FailureReason.SOURCE_MISMATCH, FailureReason.DECODER_CRASHED)) {
      assertThrows(
          ProtocolException.class, () -> answers.result(failed.setFailure(theirs).build()));
    }
    assertThrows(
        ProtocolException.class, () -> answers.result(failed.setFailureValue(4711).build()));
  }
}
