package io.framewarden.ingest.sources;

import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are put into a folder, taken once they have stopped growing. A file that was taken is
 * moved to {@code done/}, as its video's id and its name; one that is refused to {@code refused/},
 * with a file beside it that says why; one that is too large is refused unread. Links, files with
 * several names, folders and names that begin with a dot are left alone. What cannot be stored now
 * stays and is tried again. One thread.
 */
public final class FolderPoller {
  private static final Logger LOG = LoggerFactory.getLogger(FolderPoller.class);
  private static final String SUBMITTER = "folder";

  private final Path folder;
  private final long settledNanos;
  private final SubmissionService submissions;
  private final LongSupplier nanos;
  private Map<Path, Seen> seen = new HashMap<>();

  /** How a file was when it was last seen to change. */
  private record Seen(long bytes, FileTime changed, long at) {}

  /**
   * Makes the folders where they are missing; links in their place are refused.
   *
   * @param settled how long a file must not have changed
   * @param nanos a clock that only goes on
   */
  public FolderPoller(
      Path folder, Duration settled, SubmissionService submissions, LongSupplier nanos)
      throws IOException {
    this.folder = Files.createDirectories(folder);
    WatchedFolder.open(folder).close();
    this.settledNanos = settled.toNanos();
    this.submissions = submissions;
    this.nanos = nanos;
  }

  /**
   * Lists the folder once, and submits what has settled.
   *
   * @param stop whether to leave the rest for later
   * @throws IOException when the folder cannot be read
   */
  public void poll(BooleanSupplier stop) throws IOException {
    Map<Path, Seen> now = new HashMap<>();
    try (WatchedFolder watched = WatchedFolder.open(folder)) {
      for (Path file : watched.files()) {
        if (stop.getAsBoolean()) {
          return;
        }
        look(watched, file, now);
      }
    }
    seen = now;
  }

  private void look(WatchedFolder watched, Path file, Map<Path, Seen> now) {
    try {
      Seen state = state(file, watched.attributes(file));
      if (nanos.getAsLong() - state.at < settledNanos) {
        now.put(file, state);
      } else {
        submit(watched, file);
      }
    } catch (NoSuchFileException e) {
      LOG.debug("{} was taken away again", file);
    } catch (IOException e) {
      // Try again after as long a wait as for a new file.
      LOG.warn("{} cannot be taken now: {}", folder.resolve(file), e.toString());
    }
  }

  private Seen state(Path file, BasicFileAttributes found) {
    Seen now = new Seen(found.size(), found.lastModifiedTime(), nanos.getAsLong());
    Seen before = seen.getOrDefault(file, now);
    return before.bytes == now.bytes && before.changed.equals(now.changed) ? before : now;
  }

  private void submit(WatchedFolder watched, Path file) throws IOException {
    Optional<Long> size = watched.take(file);
    if (size.isEmpty()) {
      return;
    }
    try {
      String id = store(watched, file, size.get());
      LOG.info("{} is video {}", file, id);
      watched.accept(file, id);
    } catch (UploadRefusedException e) {
      LOG.warn("{} is refused: {}", file, e.getMessage());
      String reason = e.reason().name().toLowerCase(Locale.ROOT);
      watched.refuse(file, reason + "\n" + e.getMessage() + "\n");
    } finally {
      watched.putBack(file);
    }
  }

  /** The video's id. */
  private String store(WatchedFolder watched, Path file, long size)
      throws IOException, UploadRefusedException {
    submissions.requireSize(size);
    Submission submission = new Submission(Submission.newId(), file.toString(), SUBMITTER, false);
    try (InputStream content = watched.read(file)) {
      return submissions.submit(submission, content).upload().getVideoId();
    }
  }
}
