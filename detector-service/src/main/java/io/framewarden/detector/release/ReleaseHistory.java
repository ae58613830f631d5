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
 * The state that the events of model-releases add up to. An artifact's latest event is its stage;
 * of several ACTIVE ones the latest is in use, and a rollback goes back to the one before: it
 * retires the one in use and activates the one before again. Safe for several threads.
 */
public final class ReleaseHistory {
  /** A shorter prefix of a digest selects nothing. */
  private static final int MIN_DIGEST_PREFIX = 6;

  private final ReleaseTrust trust;
  private final Map<String, ModelRelease> latest = new LinkedHashMap<>();
  private final List<ModelRelease> events = new ArrayList<>();

  /**
   * A history of no events yet.
   *
   * @param trust whose events count
   */
  public ReleaseHistory(ReleaseTrust trust) {
    this.trust = trust;
  }

  /**
   * Adds the next event of the topic.
   *
   * @return why it does not count, and was left out; empty where it does
   */
  public synchronized Optional<String> add(ModelRelease event) {
    Optional<String> problem = trust.problem(event).or(() -> replayed(event));
    if (problem.isPresent()) {
      return problem;
    }
    String key = keyOf(event);
    latest.remove(key); // so that the map's order is that of the latest events
    latest.put(key, event);
    events.add(event);
    return Optional.empty();
  }

  /** Who cannot sign may still write a signed event again, to go back to a model by it. */
  private Optional<String> replayed(ModelRelease event) {
    boolean isOlder =
        events.stream()
            .filter(each -> each.getModelName().equals(event.getModelName()))
            .anyMatch(each -> each.getReleasedTimeUs() > event.getReleasedTimeUs());
    return trust.isLimited() && isOlder
        ? Optional.of("it was signed before a release that came earlier: somebody wrote it again")
        : Optional.empty();
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
    return activeReleases(name).stream().findFirst();
  }

  /** The release that a rollback goes back to. */
  public Optional<ModelRelease> beforeActive(String name) {
    return activeReleases(name).stream().skip(1).findFirst();
  }

  /** The release of the shadow model; the latest if there are several. */
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
    if (!byVersion.isEmpty() || versionOrDigest.length() < MIN_DIGEST_PREFIX) {
      return byVersion;
    }
    return all.stream()
        .filter(release -> release.getModelDigest().startsWith(versionOrDigest))
        .toList();
  }

  /**
   * A time for the next event: now, or just after the latest event if that is ahead, because the
   * order of releases must not depend on the clocks of those who release.
   */
  public synchronized long nextTimeUs(long nowUs) {
    long last = events.stream().mapToLong(ModelRelease::getReleasedTimeUs).max().orElse(0);
    return Math.max(nowUs, last + 1);
  }

  /** The key of an event on its topic. */
  public static String keyOf(ModelRelease event) {
    return event.getModelName() + "/" + event.getModelDigest();
  }

  private List<ModelRelease> activeReleases(String name) {
    return artifacts(name).stream()
        .filter(release -> release.getStage() == ReleaseStage.ACTIVE)
        .sorted(Comparator.comparingLong(ModelRelease::getReleasedTimeUs).reversed())
        .toList();
  }
}
