package io.framewarden.ingest.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class VideoStatusIndexTest {
  private final VideoStatusIndex ledger = new VideoStatusIndex(3);

  @Test
  void countsWhatASubmitterHasStored() {
    ledger.uploaded(upload("a", "x", 100));
    ledger.uploaded(upload("a", "x", 100));
    ledger.uploaded(upload("b", "x", 50));
    ledger.uploaded(upload("c", "y", 7));
    assertEquals(150, ledger.bytesOf("x"));
    ledger.deleted("a");
    assertEquals(50, ledger.bytesOf("x"));
    ledger.deleted("b");
    ledger.deleted("b");
    assertEquals(0, ledger.bytesOf("x"));
    assertEquals(7, ledger.bytesOf("y"));
  }

  @Test
  void forgetsTheOldestAndWhatFollowsFromIt() {
    ledger.uploaded(upload("a", "x", 100));
    ledger.uploaded(upload("b", "x", 10));
    ledger.uploaded(upload("c", "x", 10));
    ledger.uploaded(upload("d", "x", 10));
    assertTrue(ledger.find("a").isEmpty());
    assertEquals(30, ledger.bytesOf("x"));
    assertEquals(Optional.empty(), ledger.earlier(upload("e", "x", 100)));
  }

  @Test
  void theSameBytesAreTheLatestThatIsLeft() {
    ledger.uploaded(upload("a", "x", 100));
    ledger.uploaded(upload("b", "x", 100));
    assertEquals("b", ledger.earlier(upload("c", "x", 100)).orElseThrow().getVideoId());
    assertEquals(Optional.empty(), ledger.earlier(upload("c", "y", 100)));
    ledger.deleted("b");
    assertEquals(Optional.empty(), ledger.earlier(upload("c", "x", 100)));
  }

  @Test
  void whatComesAfterADeletionChangesNothing() {
    ledger.deleted("a");
    ledger.uploaded(upload("a", "x", 100));
    ledger.extracted(VideoMarker.newBuilder().setVideoId("a").setAttempt(1).build());
    assertTrue(ledger.find("a").isEmpty());
    assertTrue(ledger.isDeleted("a"));
    assertEquals(0, ledger.bytesOf("x"));
  }

  @Test
  void anEarlierAttemptSaysNothingAnyMore() {
    ledger.uploaded(upload("a", "x", 100));
    ledger.extracted(
        VideoMarker.newBuilder().setVideoId("a").setAttempt(5).setFaceFrames(9).build());
    ledger.sent(FaceFrame.newBuilder().setVideoId("a").setAttempt(4).setSeq(1).build());
    assertEquals(9, ledger.find("a").orElseThrow().faces());
    ledger.sent(FaceFrame.newBuilder().setVideoId("a").setAttempt(6).setSeq(1).build());
    assertEquals(2, ledger.find("a").orElseThrow().faces());
    assertFalse(ledger.find("a").orElseThrow().extracted());
    ledger.sent(FaceFrame.newBuilder().setVideoId("unknown").setAttempt(6).build());
    assertTrue(ledger.find("unknown").isEmpty());
  }

  @Test
  void anExtractionThatIsTriedAgainWaitsUntilItsEnd() {
    ledger.extracted(failed("a", 5, 20)); // the topics are read side by side
    assertEquals(Optional.empty(), ledger.due(at(20), id -> true), "not without its upload");
    ledger.uploaded(upload("a", "x", 100));
    ledger.uploaded(upload("b", "x", 10));
    ledger.extracted(failed("b", 6, 10));
    assertEquals(2, ledger.retries());
    assertEquals(2, ledger.waiting());
    assertFalse(ledger.find("a").orElseThrow().isStarted());
    assertEquals(Optional.empty(), ledger.due(at(9), id -> true));
    assertEquals("b", due(30, id -> true));
    assertEquals("a", due(30, "a"::equals));
    assertEquals(3, ledger.due(at(30), id -> true).orElseThrow().failedTries());
    ledger.extracted(
        VideoMarker.newBuilder().setVideoId("b").setAttempt(7).setFaceFrames(2).build());
    ledger.extracted(failed("b", 6, 10)); // an earlier attempt
    ledger.deleted("a");
    assertEquals(0, ledger.retries());
    assertEquals(Optional.empty(), ledger.due(at(30), id -> true));
  }

  @Test
  void whatIsTriedAgainIsNotForgottenForOthers() {
    ledger.uploaded(upload("a", "x", 100));
    ledger.extracted(failed("a", 5, 20));
    for (String id : List.of("b", "c", "d", "e")) {
      ledger.uploaded(upload(id, "x", 10));
    }
    assertEquals("a", due(20, id -> true));
    assertTrue(ledger.find("b").isEmpty());
  }

  @Test
  void theSameBytesAreTakenAnewWhereTheFailureWasOurs() {
    ledger.uploaded(upload("a", "x", 100));
    ledger.extracted(failed("a", 5, 20));
    assertEquals(Optional.empty(), ledger.earlier(upload("b", "x", 100)));
    ledger.extracted(VideoMarker.newBuilder().setVideoId("a").setAttempt(6).build());
    assertEquals("a", ledger.earlier(upload("b", "x", 100)).orElseThrow().getVideoId());
  }

  private String due(long seconds, Predicate<String> mine) {
    return ledger.due(at(seconds), mine).orElseThrow().upload().getVideoId();
  }

  private static VideoMarker failed(String id, long attempt, long retrySeconds) {
    return VideoMarker.newBuilder()
        .setVideoId(id)
        .setAttempt(attempt)
        .setFailure(FailureReason.DECODER_STARVED)
        .setFailedTries(3)
        .setRetryAtUs(MicrosecondClock.of(at(retrySeconds)))
        .build();
  }

  private static Instant at(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  private static VideoUpload upload(String id, String submitter, long bytes) {
    return VideoUpload.newBuilder()
        .setVideoId(id)
        .setSubmitter(submitter)
        .setSizeBytes(bytes)
        .setContentSha256("sha" + bytes)
        .build();
  }
}
