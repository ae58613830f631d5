package io.framewarden.ingest.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.v1.FailureReason;
import io.prometheus.client.CollectorRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoders that have been taken over, in real processes: each costs its video and no more. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class HostileChildIT {
  private final CollectorRegistry registry = new CollectorRegistry();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "noise",
        "huge",
        "negative",
        "kind",
        "wrong-turn",
        "protobuf",
        "wrong-number",
        "miscount",
        "endless-stage",
        "negative-stage",
        "no-stages",
        "cut-ring",
        "still",
        "fallbacks"
      })
  void aProtocolErrorEndsTheDecoder(String what) throws Exception {
    ends(what, ExitCause.PROTOCOL_ERROR, FailureReason.DECODER_CRASHED);
  }

  @Test
  void aDeadChildIsACrash() throws Exception {
    ends("exit", ExitCause.CRASHED, FailureReason.DECODER_CRASHED);
  }

  @Test
  void aChildThatWantsMoreMemoryThanItMayHaveDies() throws Exception {
    ends("hog", ExitCause.CRASHED, FailureReason.DECODER_CRASHED);
  }

  @Test
  void aChildThatAlwaysGoesOnMeetsItsDeadline() throws Exception {
    ends("slow", ExitCause.DEADLINE, FailureReason.DECODER_TIMED_OUT);
  }

  @Test
  void aChildThatHardlyWorksSaysNothingOfItsVideo() throws Exception {
    ends("sleepy", ExitCause.STARVED, FailureReason.DECODER_STARVED);
  }

  @Test
  void facesWithoutEndAreCutOffAndNoMemoryGrows() throws Exception {
    AtomicInteger faces = new AtomicInteger();
    try (DecoderPool pool = Sandboxes.odd(hasty(), registry)) {
      ExtractionResult result =
          pool.extract(OddDecoder.file("faces"), "v", 1, face -> faces.incrementAndGet());
      assertTrue(result.isFailed());
      assertTrue(faces.get() > 1000, "faces " + faces);
      assertFalse(pool.extract(OddDecoder.file("good"), "v", 2, face -> {}).isFailed());
    }
  }

  @Test
  void theServicesOwnEnvironmentCannotBeRead() throws Exception {
    try (DecoderPool pool = Sandboxes.odd(hasty(), registry)) {
      assumeTrue(
          !pool.weakness().contains("environment"), "this machine permits no user namespaces");
      assertFalse(pool.extract(OddDecoder.file("spy"), "v", 1, face -> {}).isFailed());
    }
  }

  @Test
  void whoSpeaksUnaskedGetsNoOtherVideo() throws Exception {
    try (DecoderPool pool = Sandboxes.odd(hasty(), registry)) {
      assertFalse(pool.extract(OddDecoder.file("unasked"), "v", 1, face -> {}).isFailed());
      assertTrue(pool.extract(OddDecoder.file("good"), "v", 2, face -> {}).isFailed());
      assertFalse(pool.extract(OddDecoder.file("good"), "v", 3, face -> {}).isFailed());
      assertEquals(1, Sandboxes.restarts(registry, ExitCause.PROTOCOL_ERROR));
    }
  }

  private void ends(String what, ExitCause end, FailureReason reason) throws Exception {
    long pid;
    try (DecoderPool pool = Sandboxes.odd(hasty(), registry)) {
      pool.awaitReady();
      pid = pool.pids().get(0);
      ExtractionResult result = pool.extract(OddDecoder.file(what), "v", 1, face -> {});
      assertEquals(reason, result.failure(), result.failureMessage());
      assertFalse(result.failureMessage().isEmpty());
      assertEquals(1, Sandboxes.restarts(registry, end));
      assertFalse(pool.extract(OddDecoder.file("good"), "v", 2, face -> {}).isFailed());
      Sandboxes.awaitEnd(pid);
    }
    assertEquals(0, registry.getSampleValue("framewarden_decoder_processes"));
  }

  private static SandboxConfig hasty() {
    return Sandboxes.config(100, Duration.ofSeconds(4), Duration.ofSeconds(2));
  }
}
