package io.framewarden.detector.release.publish;

import io.framewarden.detector.release.ArtifactRepository;
import io.framewarden.detector.release.ReleaseHistory;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.schemas.model.ModelArtifact;
import io.framewarden.v1.ModelRelease;
import io.framewarden.v1.ReleaseStage;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * What can be done with releases: each command returns the events that do it, for {@link
 * ReleaseTopicWriter#write}, and rejects what makes no sense with an {@link
 * IllegalArgumentException} that says what does.
 */
public final class ReleaseCommands {
  private final ReleaseHistory history;
  private final LongSupplier clock;

  /**
   * @param history all so far
   */
  public ReleaseCommands(ReleaseHistory history) {
    this(history, MicrosecondClock::now);
  }

  /**
   * @param clock microseconds since the epoch
   */
  ReleaseCommands(ReleaseHistory history, LongSupplier clock) {
    this.history = history;
    this.clock = clock;
  }

  /**
   * Copies an artifact into the store and announces it; nobody uses it yet. One that was announced
   * before is only copied, which repairs a store that lost it.
   */
  public List<ModelRelease> publish(ModelArtifact artifact, ArtifactRepository store)
      throws IOException {
    String name = artifact.manifest().name();
    URI uri = store.publish(artifact);
    boolean isKnown =
        history.artifacts(name).stream()
            .anyMatch(release -> release.getModelDigest().equals(artifact.digest()));
    if (isKnown) {
      return List.of();
    }
    return List.of(
        ModelRelease.newBuilder()
            .setModelName(name)
            .setVersion(artifact.manifest().version())
            .setArtifactUri(uri.toString())
            .setModelDigest(artifact.digest())
            .setStage(ReleaseStage.PUBLISHED)
            .setReleasedTimeUs(now())
            .build());
  }

  /** Makes an artifact the active one. */
  public List<ModelRelease> promote(String name, String versionOrDigest) {
    return List.of(newEvent(findOne(name, versionOrDigest), ReleaseStage.ACTIVE, now()));
  }

  /** Makes an artifact the shadow model, in the place of any other. */
  public List<ModelRelease> shadow(String name, String versionOrDigest, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("--share " + share + ": a share is above 0, at most 1");
    }
    ModelRelease release = findOne(name, versionOrDigest);
    checkNotActive(release, "is active: it cannot be compared with itself");
    return List.of(
        newEvent(release, ReleaseStage.SHADOW, now()).toBuilder().setShare(share).build());
  }

  /** Goes back to the active artifact before, and retires the one that was active. */
  public List<ModelRelease> rollback(String name) {
    ModelRelease active =
        history
            .active(name)
            .orElseThrow(() -> new IllegalArgumentException("nothing of " + name + " is active"));
    ModelRelease before =
        history
            .beforeActive(name)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "nothing of %s was active before %s (%s); promote the one to use"
                            .formatted(name, active.getVersion(), active.getModelDigest())));
    long time = now();
    return List.of(
        newEvent(active, ReleaseStage.RETIRED, time), newEvent(before, ReleaseStage.ACTIVE, time));
  }

  /** Takes an artifact out of use: the shadow model, or one that no rollback shall go back to. */
  public List<ModelRelease> retire(String name, String versionOrDigest) {
    ModelRelease release = findOne(name, versionOrDigest);
    checkNotActive(release, "is active: roll back, or promote another");
    return List.of(newEvent(release, ReleaseStage.RETIRED, now()));
  }

  private ModelRelease findOne(String name, String versionOrDigest) {
    List<ModelRelease> found = history.find(name, versionOrDigest);
    if (found.size() == 1) {
      return found.get(0);
    }
    List<String> known =
        (found.isEmpty() ? history.artifacts(name) : found)
            .stream().map(each -> each.getVersion() + " (" + each.getModelDigest() + ")").toList();
    if (known.isEmpty()) {
      throw new IllegalArgumentException(
          "nothing was published under the name " + name + "; `framewarden release publish` does");
    }
    throw new IllegalArgumentException(
        "%s %s is %s; there are %s"
            .formatted(
                name,
                versionOrDigest,
                found.isEmpty() ? "not published" : "several artifacts: name the digest",
                known));
  }

  private void checkNotActive(ModelRelease release, String problem) {
    boolean isActive =
        history
            .active(release.getModelName())
            .filter(active -> active.getModelDigest().equals(release.getModelDigest()))
            .isPresent();
    if (isActive) {
      throw new IllegalArgumentException(
          release.getModelName() + " " + release.getVersion() + " " + problem);
    }
  }

  private static ModelRelease newEvent(ModelRelease release, ReleaseStage stage, long timeUs) {
    return release.toBuilder().setStage(stage).setReleasedTimeUs(timeUs).clearShare().build();
  }

  private long now() {
    return history.nextTimeUs(clock.getAsLong());
  }
}
