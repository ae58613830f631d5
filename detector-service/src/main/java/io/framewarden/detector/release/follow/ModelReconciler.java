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
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the models of a scorer to where the releases say: one active, at most one shadow model,
 * and no more than one being built, or retired and still leased, beside them. What is refused
 * changes nothing. For one thread but {@link #refusals} and {@link #share}; does not own the slots.
 */
final class ModelReconciler {
  private static final Logger LOG = LoggerFactory.getLogger(ModelReconciler.class);

  /** What could not be fetched may be there later. */
  static final Duration RETRY_AFTER = Duration.ofSeconds(10);

  /** How long to wait for a retired model's last batch before the next check. */
  private static final Duration LEASE_TIMEOUT = Duration.ofMinutes(1);

  private static final double NANOS = 1e9;

  private final Path folder;
  private final ModelLoader loader;
  private final Function<ModelRelease, Path> artifacts;
  private final ModelSlot active;
  private final ModelSlot shadow;
  private final Consumer<LoadedModel> onActivated;
  private final ReleaseMetrics metrics;
  private final LongSupplier nanoTime;
  private final Map<ModelRelease, Refusal> refused = new HashMap<>();
  private volatile String refusals = "";
  private volatile double share;

  private record Refusal(String message, boolean isTransient, long since) {}

  /**
   * @param folder the model to begin with where nothing is released, or what is is refused
   * @param artifacts fetches a released artifact; throws ModelRefusedException
   * @param onActivated is told of each model that becomes the active one
   * @param nanoTime as {@link System#nanoTime}
   */
  ModelReconciler(
      Path folder,
      ModelLoader loader,
      Function<ModelRelease, Path> artifacts,
      ModelSlot active,
      ModelSlot shadow,
      Consumer<LoadedModel> onActivated,
      ReleaseMetrics metrics,
      LongSupplier nanoTime) {
    this.folder = folder;
    this.loader = loader;
    this.artifacts = artifacts;
    this.active = active;
    this.shadow = shadow;
    this.onActivated = onActivated;
    this.metrics = metrics;
    this.nanoTime = nanoTime;
  }

  /**
   * Loads what the releases ask for and does not run yet.
   *
   * @throws ModelRefusedException when nothing runs, nothing released can, and the folder's model
   *     is refused too
   */
  void reconcile(ReleaseHistory history, String name) throws InterruptedException {
    Optional<ModelRelease> wanted = history.active(name);
    Optional<ModelRelease> shadowed =
        history
            .shadow(name)
            .filter(release -> wanted.stream().noneMatch(other -> isSameModel(other, release)));
    refused.keySet().retainAll(Stream.concat(wanted.stream(), shadowed.stream()).toList());
    if (wanted.isPresent()) {
      update(active, wanted.get(), "active").ifPresent(onActivated);
    }
    if (active.peek().isEmpty()) {
      LoadedModel first = loader.load(folder);
      active.put(first);
      onActivated.accept(first);
    }
    if (shadowed.isPresent()) {
      share = shadowed.get().getShare();
      update(shadow, shadowed.get(), "shadow");
    } else {
      shadow.clear();
    }
    refusals =
        refused.values().stream().map(Refusal::message).sorted().collect(Collectors.joining("; "));
  }

  /** Which releases are refused and why, for people; empty when none is. */
  String refusals() {
    return refusals;
  }

  /** Share of videos that the shadow model scores too, 0 to 1. */
  double share() {
    return share;
  }

  /**
   * Loads a released model into a slot, unless it is there.
   *
   * @return the model that was put in, if one was
   */
  private Optional<LoadedModel> update(ModelSlot slot, ModelRelease release, String stage)
      throws InterruptedException {
    Optional<LoadedModel> running = slot.peek();
    if (running.filter(model -> model.digest().equals(release.getModelDigest())).isPresent()) {
      slot.reReleased(release.getReleasedTimeUs());
      return Optional.empty();
    }
    if (isRefusedForNow(release) || !slot.awaitRetiredClosed(LEASE_TIMEOUT)) {
      return Optional.empty();
    }
    long start = nanoTime.getAsLong();
    try {
      LoadedModel next = loader.load(artifacts.apply(release), release.getReleasedTimeUs());
      slot.put(next);
      metrics.observeSwap(stage, (nanoTime.getAsLong() - start) / NANOS);
      refused.remove(release);
      LOG.info(
          "{} model is now {} {} ({}), was: {}",
          stage,
          next.name(),
          next.version(),
          next.digest(),
          running.map(LoadedModel::digest).orElse("none"));
      return Optional.of(next);
    } catch (ModelRefusedException e) {
      recordRefusal(release, stage, e);
      return Optional.empty();
    }
  }

  private void recordRefusal(ModelRelease release, String stage, ModelRefusedException why) {
    boolean isTransient = why.reason() == ModelRefusedException.Reason.FETCH;
    metrics.countRefused(why.reason());
    LOG.error(
        "the release of {} {} as {} is refused ({}), the running model stays: {}",
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
    refused.put(release, new Refusal(message, isTransient, nanoTime.getAsLong()));
  }

  private boolean isRefusedForNow(ModelRelease release) {
    Refusal refusal = refused.get(release);
    return refusal != null
        && !(refusal.isTransient()
            && nanoTime.getAsLong() - refusal.since() >= RETRY_AFTER.toNanos());
  }

  private static boolean isSameModel(ModelRelease one, ModelRelease other) {
    return one.getModelDigest().equals(other.getModelDigest());
  }
}
