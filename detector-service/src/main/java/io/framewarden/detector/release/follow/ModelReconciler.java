package io.framewarden.detector.release.follow;

import io.framewarden.detector.release.LoadedModel;
import io.framewarden.detector.release.ModelLoader;
import io.framewarden.detector.release.ModelRefusedException;
import io.framewarden.detector.release.ModelSlot;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.v1.ModelRelease;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the models of a scorer to where the releases say: one active, at most one in the shadow,
 * and no more than one being built or given back beside them. What is refused changes nothing. For
 * one thread but {@link #refusals}; owns what is in the slots.
 */
final class ModelReconciler {
  private static final Logger LOG = LoggerFactory.getLogger(ModelReconciler.class);

  /** What could not be fetched may be there later. */
  static final Duration RETRY = Duration.ofSeconds(10);

  /** A batch is over by then; a scorer that hangs for longer has other troubles than memory. */
  private static final Duration BATCH = Duration.ofMinutes(1);

  private static final double NANOS = 1e9;

  private final Path folder;
  private final ModelLoader loader;
  private final Function<ModelRelease, Path> artifacts;
  private final ModelSlot active;
  private final ModelSlot shadow;
  private final Consumer<LoadedModel> scoresWith;
  private final ReleaseMetrics metrics;
  private final LongSupplier nanoTime;
  private final Map<ModelRelease, Refusal> refused = new HashMap<>();
  private volatile String refusals = "";
  private volatile double share;

  private record Refusal(String message, boolean mayPass, long since) {}

  /**
   * @param folder the model to begin with where nothing is released, or what is is refused
   * @param artifacts fetches a released artifact; throws ModelRefusedException
   * @param scoresWith is told of each model that becomes the active one
   * @param nanoTime as {@link System#nanoTime}
   */
  ModelReconciler(
      Path folder,
      ModelLoader loader,
      Function<ModelRelease, Path> artifacts,
      ModelSlot active,
      ModelSlot shadow,
      Consumer<LoadedModel> scoresWith,
      ReleaseMetrics metrics,
      LongSupplier nanoTime) {
    this.folder = folder;
    this.loader = loader;
    this.artifacts = artifacts;
    this.active = active;
    this.shadow = shadow;
    this.scoresWith = scoresWith;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /**
   * Loads what is to run and does not yet.
   *
   * @throws ModelRefusedException when nothing runs, nothing released can, and the folder's model
   *     is refused too
   */
  void reconcile(ReleaseHistory history, String name) throws InterruptedException {
    Optional<ModelRelease> wanted = history.active(name);
    Optional<ModelRelease> beside =
        history
            .shadow(name)
            .filter(release -> !has(wanted.map(ModelRelease::getModelDigest), release));
    refused.keySet().removeIf(old -> !is(wanted, old) && !is(beside, old));
    if (wanted.isPresent()) {
      bring(active, wanted.get(), "active").ifPresent(scoresWith);
    }
    if (active.peek().isEmpty()) {
      LoadedModel first = loader.load(folder);
      active.put(first);
      scoresWith.accept(first);
    }
    if (beside.isPresent()) {
      share = beside.get().getShare();
      bring(shadow, beside.get(), "shadow");
    } else {
      shadow.put(null);
    }
    refusals =
        refused.values().stream().map(Refusal::message).sorted().collect(Collectors.joining("; "));
  }

  /** Which releases are refused and why, for people; empty when none is. */
  String refusals() {
    return refusals;
  }

  /** Share of videos that the model in the shadow scores too. */
  double share() {
    return share;
  }

  /** The model that was put into the slot, if one was. */
  private Optional<LoadedModel> bring(ModelSlot slot, ModelRelease release, String stage)
      throws InterruptedException {
    Optional<LoadedModel> running = slot.peek();
    if (has(running.map(LoadedModel::digest), release)) {
      slot.releasedAgain(release.getReleasedTimeUs());
      return Optional.empty();
    }
    if (isRefusedForNow(release) || !slot.awaitGivenBack(BATCH)) {
      return Optional.empty();
    }
    long start = nanoTime.getAsLong();
    try {
      LoadedModel next = loader.load(artifacts.apply(release), release.getReleasedTimeUs());
      slot.put(next);
      metrics.swapped(stage, (nanoTime.getAsLong() - start) / NANOS);
      refused.remove(release);
      LOG.info(
          "{} model is now {} {} ({}), before: {}",
          stage,
          next.name(),
          next.version(),
          next.digest(),
          running.map(LoadedModel::digest).orElse("none"));
      return Optional.of(next);
    } catch (ModelRefusedException e) {
      refuse(release, stage, e);
      return Optional.empty();
    }
  }

  private void refuse(ModelRelease release, String stage, ModelRefusedException why) {
    boolean mayPass = why.reason() == ModelRefusedException.Reason.FETCH;
    metrics.refused(why.reason());
    LOG.error(
        "the release of {} {} as {} is refused ({}), what runs goes on: {}",
        release.getModelName(),
        release.getVersion(),
        stage,
        why.reason().label(),
        why.getMessage());
    String message =
        "release of %s %s (%s) as %s refused: %s"
            .formatted(
                release.getModelName(),
                release.getVersion(),
                release.getModelDigest(),
                stage,
                why.reason().label());
    refused.put(release, new Refusal(message, mayPass, nanoTime.getAsLong()));
  }

  private boolean isRefusedForNow(ModelRelease release) {
    Refusal refusal = refused.get(release);
    return refusal != null
        && !(refusal.mayPass() && nanoTime.getAsLong() - refusal.since() >= RETRY.toNanos());
  }

  private static boolean is(Optional<ModelRelease> wanted, ModelRelease release) {
    return wanted.filter(release::equals).isPresent();
  }

  private static boolean has(Optional<String> digest, ModelRelease release) {
    return digest.filter(release.getModelDigest()::equals).isPresent();
  }
}
