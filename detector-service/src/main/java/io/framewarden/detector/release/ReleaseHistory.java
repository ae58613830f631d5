package io.framewarden.detector.release;

import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the events of model-releases come to. An artifact's latest event says its stage; of several
 * ACTIVE ones the latest is in use, and those before it are what a rollback goes back to: a
 * rollback retires the one in use and activates the one before anew. Safe for several threads.
 */
public final class ReleaseHistory {
  /** Fewer characters of a digest than this name nothing. */
  private static final int SHORTEST_PREFIX = 6;

  private final Map<String, ModelRelease> latest = new LinkedHashMap<>();
  private final List<ModelRelease> events = new ArrayList<>();

  /** Takes the next event of the log. */
  public synchronized void take(ModelRelease event) {
    String key = keyOf(event);
    latest.remove(key); // so that the map's order is that of the latest events
    latest.put(key, event);
    events.add(event);
  }

  /** Every event, oldest first. */
  public synchronized List<ModelRelease> events() {
    return List.copyOf(events);
  }

  /** The latest event of every artifact, least recent first. */
  public synchronized List<ModelRelease> latest() {
    return List.copyOf(latest.values());
  }

  /** The latest event of every artifact of a name, least recent first. */
  public synchronized List<ModelRelease> artifacts(String name) {
    return latest.values().stream().filter(release -> release.getModelName().equals(name)).toList();
  }

  /** The release that scorers of a name use. */
  public Optional<ModelRelease> active(String name) {
    return activeOnes(name).stream().findFirst();
  }

  /** The one that a rollback goes back to. */
  public Optional<ModelRelease> beforeActive(String name) {
    return activeOnes(name).stream().skip(1).findFirst();
  }

  /** The model in the shadow; the latest, were there several. */
  public Optional<ModelRelease> shadow(String name) {
    return artifacts(name).stream()
        .filter(release -> release.getStage() == ReleaseStage.SHADOW)
        .max(Comparator.comparingLong(ModelRelease::getReleasedTimeUs));
  }

  /** Artifacts of a name that have this version, or whose digest begins like this. */
  public List<ModelRelease> find(String name, String versionOrDigest) {
    List<ModelRelease> all = artifacts(name);
    List<ModelRelease> byVersion =
        all.stream().filter(release -> release.getVersion().equals(versionOrDigest)).toList();
    if (!byVersion.isEmpty() || versionOrDigest.length() < SHORTEST_PREFIX) {
      return byVersion;
    }
    return all.stream()
        .filter(release -> release.getModelDigest().startsWith(versionOrDigest))
        .toList();
  }

  /**
   * A time for the next event: now, or just after the latest event where that lies ahead, since the
   * order of releases must not hang on whose clock is right.
   */
  public synchronized long nextTimeUs(long nowUs) {
    long last = events.stream().mapToLong(ModelRelease::getReleasedTimeUs).max().orElse(0);
    return Math.max(nowUs, last + 1);
  }

  /** The key of an event on its topic. */
  public static String keyOf(ModelRelease event) {
    return event.getModelName() + "/" + event.getModelDigest();
  }

  private List<ModelRelease> activeOnes(String name) {
    return artifacts(name).stream()
        .filter(release -> release.getStage() == ReleaseStage.ACTIVE)
        .sorted(Comparator.comparingLong(ModelRelease::getReleasedTimeUs).reversed())
        .toList();
  }
}
