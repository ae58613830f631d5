package io.framewarden.trainer.archive.decisions;

import io.framewarden.runtime.kafka.KafkaConnection;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.runtime.store.LocalCopy;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.schemas.topic.Topics;
import io.framewarden.trainer.archive.export.ArchiveInput;
import io.framewarden.trainer.archive.export.ArchiveInputs;
import io.framewarden.trainer.archive.export.ArchiveSource;
import io.framewarden.trainer.archive.export.SkippedFile;
import io.framewarden.v1.Decision;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.TrackDecision;
import io.framewarden.v1.VerdictLabel;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From decisions to labelled videos. A face is labelled by the decision on its track, else by the
 * one on its video; what moderators did not decide stays unlabelled. The domain of a fake is {@code
 * decisions}, or {@code decisions/NAME} where the note says {@code method: NAME}. A person is the
 * content's sha256, so that the same video handed in twice is on one side of a split.
 *
 * <p>Upload records are kept for days and decisions for years: a video without a record is looked
 * for under the key that its upload had. One use, one thread.
 */
public final class DecisionInputs {
  private static final String DOMAIN = "decisions";
  private static final Pattern METHOD =
      Pattern.compile("\\bmethod\\s*[:=]\\s*([\\w.-]*\\w)", Pattern.CASE_INSENSITIVE);

  private final ObjectStore store;
  private final Map<String, VideoUpload> uploads;
  private final List<ArchiveInput> files = new ArrayList<>();
  private final List<SkippedFile> skipped = new ArrayList<>();

  /**
   * Reads the moderators' decisions from their topic, and finds in the object store every video
   * whose latest decision is a label.
   *
   * @param since only decisions of this time and later
   * @throws IllegalStateException when no broker answers, or a topic is missing
   */
  public static ArchiveInputs read(KafkaConnection connection, ObjectStore store, Instant since)
      throws InterruptedException {
    Map<String, Decision> decisions =
        TopicSnapshot.latest(connection, Topics.MODERATOR_DECISIONS, videoId -> true);
    long sinceUs = MicrosecondClock.of(since);
    decisions.values().removeIf(decision -> decision.getDecidedTimeUs() < sinceUs);
    Map<String, VideoUpload> uploads =
        TopicSnapshot.latest(connection, Topics.VIDEO_UPLOADS, decisions::containsKey);
    return new DecisionInputs(store, uploads).of(decisions.values());
  }

  /**
   * @param uploads by video id, as far as they are still known
   */
  private DecisionInputs(ObjectStore store, Map<String, VideoUpload> uploads) {
    this.store = store;
    this.uploads = uploads;
  }

  /** The videos of these decisions, in their order; those that are gone are skipped. */
  private ArchiveInputs of(Collection<Decision> decisions) {
    decisions.forEach(this::add);
    return new ArchiveInputs(files, skipped);
  }

  private void add(Decision decision) {
    String id = decision.getVideoId();
    if (!isDecided(decision)) {
      skip(id, SkippedFile.UNDECIDED, "the decision calls nobody REAL or FAKE");
      return;
    }
    try {
      URI uri = uri(id);
      String sha256 = sha256(uri);
      String expected = upload(id).getContentSha256();
      if (expected.isEmpty() || expected.equals(sha256)) {
        files.add(input(uri, decision, sha256));
      } else {
        String changed = "the stored content has another sha256 than the upload";
        skip(id, FailureReason.SOURCE_MISMATCH.name(), changed);
      }
    } catch (IOException | IllegalArgumentException e) {
      skip(
          id, FailureReason.SOURCE_MISSING.name(), "is not in the object store: " + e.getMessage());
    }
  }

  private URI uri(String id) {
    VideoUpload upload = uploads.get(id);
    return upload == null ? store.uri(ObjectKeys.video(id)) : URI.create(upload.getSourceUri());
  }

  private String sha256(URI uri) throws IOException {
    try (LocalCopy copy = store.local(uri)) {
      return Sha256.of(copy.path());
    }
  }

  /** Fetched when it is extracted: not all videos at once have room on a disk. */
  private ArchiveSource source(URI uri) {
    return new ArchiveSource() {
      @Override
      public long size() throws IOException {
        return store.size(uri);
      }

      @Override
      public LocalCopy awaitLocalCopy() throws IOException {
        return store.local(uri);
      }
    };
  }

  private VideoUpload upload(String id) {
    return uploads.getOrDefault(id, VideoUpload.getDefaultInstance());
  }

  private void skip(String id, String reason, String message) {
    skipped.add(new SkippedFile(id, reason, message));
  }

  private static boolean isDecided(Decision decision) {
    return isLabel(decision.getLabel())
        || decision.getTracksList().stream().anyMatch(track -> isLabel(track.getLabel()));
  }

  private static boolean isLabel(VerdictLabel label) {
    return label == VerdictLabel.REAL || label == VerdictLabel.FAKE;
  }

  private ArchiveInput input(URI uri, Decision decision, String person) {
    Map<Integer, FaceLabel> tracks = new TreeMap<>();
    for (TrackDecision track : decision.getTracksList()) {
      if (track.getLabel() != VerdictLabel.VERDICT_LABEL_UNSPECIFIED) {
        tracks.put(track.getTrackId(), label(decision, track.getLabel(), person));
      }
    }
    return new ArchiveInput(
        source(uri),
        decision.getVideoId(),
        false,
        label(decision, decision.getLabel(), person),
        tracks);
  }

  private static FaceLabel label(Decision decision, VerdictLabel decided, String person) {
    FaceLabel.Builder label =
        FaceLabel.newBuilder().setSource(decision.getVideoId()).setIdentity(person);
    if (!isLabel(decided)) {
      return label.build();
    }
    boolean fake = decided == VerdictLabel.FAKE;
    return label
        .setLabelled(true)
        .setFake(fake)
        .setDomain(fake ? domain(decision.getNote()) : "real")
        .build();
  }

  private static String domain(String note) {
    Matcher method = METHOD.matcher(note);
    return method.find() ? DOMAIN + "/" + method.group(1) : DOMAIN;
  }
}
