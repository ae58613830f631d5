package io.framewarden.ingest.status;

import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.schemas.topic.RetryableFailures;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.VideoMarker;
import io.framewarden.v1.VideoUpload;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The videos by id, by content and by submitter. The oldest are forgotten first. Safe for several
 * threads.
 */
public final class VideoStatusIndex implements ExtractionListener, RetryQueue {
  private static final int MAX_VIDEOS = 100_000;

  private record Content(String submitter, String sha256) {
    static Content of(VideoUpload upload) {
      return new Content(upload.getSubmitter(), upload.getContentSha256());
    }
  }

  private static final class Entry {
    private VideoUpload upload;
    private long attempt;
    private long frames;
    private int faces;
    private boolean extracted;
    private FailureReason failure = FailureReason.FAILURE_REASON_UNSPECIFIED;
    private boolean deleted;
  }

  private final int capacity;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<Content, String> byContent = new HashMap<>();
  private final Map<String, Long> bytesOf = new HashMap<>();

  /** The markers of the videos whose extraction is tried again. */
  private final Map<String, VideoMarker> retries = new HashMap<>();

  public VideoStatusIndex() {
    this(MAX_VIDEOS);
  }

  VideoStatusIndex(int capacity) {
    this.capacity = capacity;
  }

  /** Takes an upload that was published; the same one twice is one. */
  public synchronized void uploaded(VideoUpload upload) {
    Entry entry = entry(upload.getVideoId());
    if (entry.deleted || entry.upload != null) {
      return;
    }
    entry.upload = upload;
    byContent.put(Content.of(upload), upload.getVideoId());
    bytesOf.merge(upload.getSubmitter(), upload.getSizeBytes(), Long::sum);
  }

  /** Takes the end of an extraction. One that is tried again waits as if it had not begun. */
  @Override
  public synchronized void extracted(VideoMarker marker) {
    Entry entry = entry(marker.getVideoId());
    if (entry.deleted || marker.getAttempt() < entry.attempt) {
      return;
    }
    entry.attempt = marker.getAttempt();
    entry.frames = marker.getDecodedFrames();
    entry.faces = marker.getFaceFrames();
    entry.extracted = marker.getRetryAtUs() == 0;
    entry.failure = marker.getFailure();
    if (entry.extracted) {
      retries.remove(marker.getVideoId());
    } else {
      retries.put(marker.getVideoId(), marker);
    }
  }

  @Override
  public synchronized void sent(FaceFrame frame) {
    Entry entry = entries.get(frame.getVideoId());
    if (entry == null || entry.deleted || frame.getAttempt() < entry.attempt) {
      return;
    }
    entry.attempt = frame.getAttempt();
    entry.extracted = false;
    entry.frames = frame.getFrameIndex() + 1;
    entry.faces = frame.getSeq() + 1;
  }

  /** Takes a video's deletion: all that stays is that it was deleted. */
  public synchronized void deleted(String videoId) {
    Entry entry = entry(videoId);
    forgetUpload(videoId, entry);
    retries.remove(videoId);
    entry.deleted = true;
  }

  @Override
  public synchronized Optional<PendingRetry> due(Instant time, Predicate<String> mine) {
    long timeUs = MicrosecondClock.of(time);
    return retries.values().stream()
        .filter(marker -> marker.getRetryAtUs() <= timeUs && mine.test(marker.getVideoId()))
        .filter(marker -> entries.get(marker.getVideoId()).upload != null)
        .min(Comparator.comparingLong(VideoMarker::getRetryAtUs))
        .map(
            marker ->
                new PendingRetry(entries.get(marker.getVideoId()).upload, marker.getFailedTries()));
  }

  /** How many videos wait for another try of their extraction. */
  public synchronized int retries() {
    return retries.size();
  }

  /** What is known of a video; empty where nothing is, or where it was deleted. */
  public synchronized Optional<VideoStatus> find(String videoId) {
    return Optional.ofNullable(entries.get(videoId))
        .filter(entry -> !entry.deleted)
        .map(entry -> new VideoStatus(entry.upload, entry.frames, entry.faces, entry.extracted));
  }

  /** As far back as the index remembers. */
  @Override
  public synchronized boolean isDeleted(String videoId) {
    Entry entry = entries.get(videoId);
    return entry != null && entry.deleted;
  }

  /**
   * The latest earlier upload of the same bytes by the same submitter, unless the service itself
   * failed to extract it.
   */
  public synchronized Optional<VideoUpload> earlier(VideoUpload upload) {
    return Optional.ofNullable(byContent.get(Content.of(upload)))
        .map(entries::get)
        .filter(entry -> !RetryableFailures.contains(entry.failure))
        .map(entry -> entry.upload);
  }

  /** Bytes of the uploads of a submitter that are remembered and not deleted. */
  public synchronized long bytesOf(String submitter) {
    return bytesOf.getOrDefault(submitter, 0L);
  }

  /** How many videos are known whose extraction is not over. */
  public synchronized int waiting() {
    return (int)
        entries.values().stream().filter(entry -> entry.upload != null && !entry.extracted).count();
  }

  private Entry entry(String videoId) {
    if (entries.size() >= capacity && !entries.containsKey(videoId)) {
      forgetOldest();
    }
    return entries.computeIfAbsent(videoId, id -> new Entry());
  }

  /** Of those that do not wait for another try, if there are any. */
  private void forgetOldest() {
    String gone =
        entries.keySet().stream()
            .filter(videoId -> !retries.containsKey(videoId))
            .findFirst()
            .orElseGet(() -> entries.keySet().iterator().next());
    forgetUpload(gone, entries.remove(gone));
    retries.remove(gone);
  }

  private void forgetUpload(String videoId, Entry entry) {
    VideoUpload upload = entry.upload;
    if (upload != null) {
      byContent.remove(Content.of(upload), videoId);
      bytesOf.computeIfPresent(
          upload.getSubmitter(),
          (submitter, bytes) ->
              bytes > upload.getSizeBytes() ? Long.valueOf(bytes - upload.getSizeBytes()) : null);
      entry.upload = null;
    }
  }
}
