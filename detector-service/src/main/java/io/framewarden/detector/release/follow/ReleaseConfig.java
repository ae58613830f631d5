package io.framewarden.detector.release.follow;

import io.framewarden.detector.release.ReleaseKey;
import io.framewarden.detector.release.ReleaseTrust;
import io.framewarden.runtime.config.ConfigDescription;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Which releases a scorer follows.
 *
 * @param modelName the name whose releases it follows; empty to score with its folder's model
 * @param store the object store that artifacts are in
 * @param cache folder of the artifacts that were fetched
 * @param cacheBytes that it may hold
 * @param rescoreTimeout how long a frame that is to be scored again waits for its model
 * @param trust whose releases it follows
 */
public record ReleaseConfig(
    String modelName,
    StoreConfig store,
    Path cache,
    long cacheBytes,
    Duration rescoreTimeout,
    ReleaseTrust trust) {

  @ConfigDescription(
      value = "Name of the model whose releases the scorer follows.",
      byDefault = "none: the model of FRAMEWARDEN_MODEL_DIR, whatever is released")
  public static final String MODEL_NAME = "FRAMEWARDEN_MODEL_NAME";

  @ConfigDescription(
      value = "Folder of fetched model artifacts.",
      byDefault = "framewarden-models in the temporary folder")
  public static final String CACHE_DIR = "FRAMEWARDEN_MODEL_CACHE_DIR";

  @ConfigDescription("MiB of fetched model artifacts that are kept.")
  public static final String CACHE_MB = "FRAMEWARDEN_MODEL_CACHE_MB";

  @ConfigDescription(
      "How long a frame that is to be scored again waits for its model, at most 10m.")
  public static final String RESCORE_TIMEOUT = "FRAMEWARDEN_RESCORE_TIMEOUT";

  @ConfigDescription(
      value =
          "PEM file of public keys: releases that none of them has signed are refused. `release"
              + " keygen` makes a key.",
      byDefault = "none: every release is followed")
  public static final String KEYS = "FRAMEWARDEN_RELEASE_KEYS";

  private static final Duration MAX_RESCORE_TIMEOUT = Duration.ofMinutes(10);

  public static ReleaseConfig from(Settings settings) {
    Duration rescoreTimeout = settings.duration(RESCORE_TIMEOUT, Duration.ofMinutes(5));
    if (rescoreTimeout.compareTo(MAX_RESCORE_TIMEOUT) > 0) {
      settings.problem(
          RESCORE_TIMEOUT + " is " + rescoreTimeout + ", more than " + MAX_RESCORE_TIMEOUT);
    }
    return new ReleaseConfig(
        settings.text(MODEL_NAME, ""),
        StoreConfig.from(settings),
        settings
            .path(CACHE_DIR)
            .orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir"), "framewarden-models")),
        (long) settings.integer(CACHE_MB, 4096, 1, 1 << 20) << 20,
        rescoreTimeout,
        trust(settings));
  }

  private static ReleaseTrust trust(Settings settings) {
    Optional<Path> file = settings.path(KEYS);
    try {
      return file.isPresent()
          ? ReleaseTrust.in(ReleaseKey.trusted(file.get()))
          : ReleaseTrust.inEverybody();
    } catch (IOException e) {
      settings.problem(KEYS + " cannot be used: " + e.getMessage());
      return ReleaseTrust.inEverybody();
    }
  }

  /** A configuration that follows no releases, for scoring with a folder's model alone. */
  public static ReleaseConfig none() {
    return from(new Settings(Map.of()));
  }

  /** Whether releases are followed at all. */
  public boolean follows() {
    return !modelName.isEmpty();
  }
}
