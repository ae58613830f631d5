package io.framewarden.ingest.sandbox;

import io.framewarden.extraction.extract.DecoderUnavailableException;
import io.framewarden.extraction.extract.ExtractionConfig;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.ExtractionStage;
import io.framewarden.extraction.extract.FaceSink;
import io.framewarden.extraction.extract.SamplingPolicy;
import io.framewarden.extraction.extract.StageTimer;
import io.framewarden.extraction.extract.VideoExtractor;
import io.framewarden.extraction.face.track.TrackingPolicy;
import io.framewarden.ingest.sandbox.child.DecoderMain;
import io.framewarden.runtime.config.InvalidConfigurationException;
import io.framewarden.runtime.process.Confinement;
import io.framewarden.runtime.process.ProcessLimits;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.prometheus.client.CollectorRegistry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts videos in child processes that are kept warm: as many videos at the same time as there
 * are children, more wait. A child that has had its share of videos, or broke off in one, is
 * replaced in the background. Owns the children; safe for several threads.
 */
public final class DecoderPool implements VideoExtractor, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecoderPool.class);

  private final SandboxConfig config;
  private final ExtractionConfig extraction;
  private final Confinement confinement;
  private final List<DecoderSlot> slots;
  private final BlockingQueue<DecoderSlot> idle;
  private final SandboxMetrics metrics;
  private volatile String digest;
  private volatile String problem = "";
  private volatile String weakness = "";

  /**
   * Starts the children and returns at once.
   *
   * @param workers children where the configuration leaves their number open
   */
  public DecoderPool(
      SandboxConfig given, int workers, ExtractionConfig extraction, CollectorRegistry registry) {
    this(DecoderMain.class, given, workers, extraction, registry);
  }

  /** With another program in the children. */
  DecoderPool(
      Class<?> main,
      SandboxConfig given,
      int workers,
      ExtractionConfig extraction,
      CollectorRegistry registry) {
    this.config = given.sized(workers);
    this.extraction = extraction;
    this.confinement =
        Confinement.probe(
            new ProcessLimits(config.memoryBytes(), config.cpu(), DecoderCommand.DESCRIPTORS));
    if (!confinement.missingOnceFiltered().isEmpty()) {
      LOG.warn(
          "decoders run without limits of: {}",
          String.join(", ", confinement.missingOnceFiltered()));
      require(confinement.missingOnceFiltered());
    }
    this.metrics = new SandboxMetrics(registry, confinement, extraction.decoding().hardware());
    DecoderLauncher launcher = new DecoderLauncher(main, extraction, confinement);
    this.slots =
        IntStream.range(0, config.children())
            .mapToObj(number -> new DecoderSlot(number, launcher::launch, confinement, metrics))
            .toList();
    this.idle = new ArrayBlockingQueue<>(slots.size(), false, slots);
  }

  /**
   * Refuses to go on where that is the policy.
   *
   * @throws InvalidConfigurationException with what is missing and what to do about it
   */
  private void require(List<String> missing) {
    if (config.confinement() == ConfinementPolicy.REQUIRE) {
      throw new InvalidConfigurationException(
          List.of(
              SandboxConfig.CONFINEMENT
                  + "=require, but this machine gives decoders no limits of: "
                  + String.join(", ", missing)
                  + "; permit user namespaces, seccomp and Landlock here, install util-linux, or"
                  + " set it to best"));
    }
  }

  /**
   * Waits for the first child, which shows whether any can work.
   *
   * @throws DecoderUnavailableException with the reason why not
   * @throws InvalidConfigurationException when it is how they were told to work
   */
  public void awaitReady() {
    try {
      ReadyDecoder first = slots.get(0).child();
      problem = first.problem();
      digest = first.digest();
      if (!first.weakness().isEmpty() && weakness.isEmpty()) {
        LOG.warn("decoders run without limits of: {}", first.weakness());
        require(List.of(first.weakness()));
        metrics.missing(confinement.missingOnceFiltered().size() + 1);
      }
      weakness = first.weakness();
      if (!problem.isEmpty()) {
        LOG.warn("videos are decoded by processors: {}", problem);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the decoders start");
    }
  }

  /** What confines children less than was asked for; empty when all is well. */
  public String weakness() {
    List<String> missing = new ArrayList<>(confinement.missingOnceFiltered());
    if (!weakness.isEmpty()) {
      missing.add(weakness);
    }
    String limits =
        missing.isEmpty() ? "" : "decoders without limits of " + String.join(", ", missing);
    String gpu = problem.isEmpty() ? "" : "videos are decoded by processors: " + problem;
    return limits.isEmpty() || gpu.isEmpty() ? limits + gpu : limits + "; " + gpu;
  }

  private void fellBack(String videoId, String why) {
    metrics.fellBack();
    LOG.info("processors decode video {}: {}", videoId, why);
  }

  /** The process ids of the children that run, for those who watch over this process. */
  public List<Long> pids() {
    return slots.stream().map(DecoderSlot::pid).flatMap(Optional::stream).toList();
  }

  @Override
  public String digest() {
    if (digest == null) {
      awaitReady();
    }
    return digest;
  }

  @Override
  public SamplingPolicy sampling() {
    return extraction.sampling();
  }

  @Override
  public String tracking() {
    return TrackingPolicy.of(extraction.detector()).text();
  }

  @Override
  public <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink) throws E {
    StageTimer timer = new StageTimer();
    return extract(file, videoId, attempt, sink, timer).plusTimes(timer.times());
  }

  private <E extends Exception> ExtractionResult extract(
      Path file, String videoId, long attempt, FaceSink<E> sink, StageTimer timer) throws E {
    DecoderSlot slot = null;
    ExitCause end =
        ExitCause.CANCELLED; // unless it ends otherwise, which a sink's exception does not
    try {
      slot = timer.time(ExtractionStage.DECODER_WAIT, idle::take);
      ReadyDecoder child = timer.time(ExtractionStage.DECODER_WAIT, slot::child);
      check(child);
      FaceFrame.Builder ids =
          FaceFrame.newBuilder()
              .setVideoId(videoId)
              .setAttempt(attempt)
              .setExtractionDigest(child.digest());
      ExtractionResult result =
          new ChildExtraction(
                  child.process(),
                  new ResponseValidator(
                      extraction.decoding().limits(),
                      ids,
                      extraction.faces().shape(),
                      Math.max(1, extraction.detector().search().threads())),
                  new DecodeDeadline(
                      config, ProcessorWait.of(child.process().pid()), child.process()::cpu),
                  why -> fellBack(videoId, why))
              .run(file, sink);
      end = child.process().isFit(config) ? null : ExitCause.RECYCLED;
      return result;
    } catch (DecoderException e) {
      end = e.exitCause();
      LOG.warn("video {}: {}", videoId, e.getMessage());
      return failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("the extraction was told to stop");
    } finally {
      if (slot != null) {
        if (end != null) {
          slot.replace(end);
        }
        idle.add(slot);
      }
    }
  }

  /** All children come from the same files; one that disagrees runs on others. */
  private void check(ReadyDecoder child) {
    if (!child.weakness().isEmpty()) {
      require(List.of(child.weakness()));
    }
    if (!child.digest().equals(digest())) {
      throw new DecoderUnavailableException(
          "decoders do not extract alike any more: was the face detector's model changed?", null);
    }
  }

  private static ExtractionResult failed(DecoderException e) {
    FailureReason reason = e.exitCause().failure();
    String message =
        switch (e.exitCause()) {
          case DEADLINE -> e.getMessage() + "; convert the video, or upload it in parts";
          case STARVED -> e.getMessage() + "; give the machine less to do";
          case KILLED ->
              "the decoder was killed from outside, most likely because the machine ran out of"
                  + " memory";
          case IDLE -> e.getMessage() + "; is the machine, or its disk, overloaded?";
          case CRASHED, STALLED, PROTOCOL_ERROR, RECYCLED, CANCELLED ->
              "the decoder broke down on this file; check that it plays, convert it and upload it"
                  + " again";
        };
    return ExtractionResult.failed(reason, message);
  }

  /** Kills all children; videos in work fail. */
  @Override
  public void close() {
    slots.forEach(DecoderSlot::close);
  }
}
