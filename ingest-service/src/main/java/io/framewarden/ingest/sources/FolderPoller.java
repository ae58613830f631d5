package io.framewarden.ingest.sources;

import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadRefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Files that are put into a folder, taken once they have stopped growing. A file that was taken is
 * moved to {@code done/}, as its video's id and its name; one that is refused to {@code refused/},
 * with a file beside it that says why. Links, folders and names that begin with a dot are left
 * alone. What cannot be stored now stays and is tried again. One thread.
 */
public final class FolderPoller {
  private static final Logger LOG = LoggerFactory.getLogger(FolderPoller.class);
  private static final String SUBMITTER = "folder";

  /** File systems take 255, and ids and endings are added. */
  private static final int MAX_NAME_BYTES = 200;

  private final Path folder;
  private final Path done;
  private final Path refused;
  private final long settledNanos;
  private final SubmissionService submissions;
  private final LongSupplier nanos;
  private Map<Path, Seen> seen = new HashMap<>();

  /** How a file was when it was last seen to change. */
  private record Seen(long bytes, FileTime changed, long at) {}

  /**
   * Makes the folders where they are missing.
   *
   * @param settled how long a file must not have changed
   * @param nanos a clock that only goes on
   */
  public FolderPoller(
      Path folder, Duration settled, SubmissionService submissions, LongSupplier nanos)
      throws IOException {
    this.folder = folder;
    this.done = Files.createDirectories(folder.resolve("done"));
    this.refused = Files.createDirectories(folder.resolve("refused"));
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
    for (Path file : files()) {
      if (stop.getAsBoolean()) {
        return;
      }
      try {
        Seen state = state(file);
        if (nanos.getAsLong() - state.at < settledNanos) {
          now.put(file, state);
        } else {
          submit(file);
        }
      } catch (NoSuchFileException e) {
        LOG.debug("{} was taken away again", file);
      } catch (IOException e) {
        // Try again after as long a wait as for a new file.
        LOG.warn("{} cannot be taken now: {}", file, e.toString());
      }
    }
    seen = now;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found
          .filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private Seen state(Path file) throws IOException {
    BasicFileAttributes found =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    Seen now = new Seen(found.size(), found.lastModifiedTime(), nanos.getAsLong());
    Seen before = seen.getOrDefault(file, now);
    return before.bytes == now.bytes && before.changed.equals(now.changed) ? before : now;
  }

  private void submit(Path file) throws IOException {
    String name = file.getFileName().toString();
    Submission submission = new Submission(Submission.newId(), name, SUBMITTER, false);
    try (InputStream content = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      String id = submissions.submit(submission, content).upload().getVideoId();
      LOG.info("{} is video {}", file, id);
      move(file, done, id + "-" + end(name));
    } catch (UploadRefusedException e) {
      LOG.warn("{} is refused: {}", file, e.getMessage());
      Path kept = move(file, refused, end(name));
      Files.writeString(
          refused.resolve(kept.getFileName() + ".reason.txt"),
          e.reason().name().toLowerCase(Locale.ROOT) + "\n" + e.getMessage() + "\n");
    }
  }

  /** The end of a name, with its ending: with an id before it, it still must be one. */
  private static String end(String name) {
    int from = 0;
    while (name.substring(from).getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      from = name.offsetByCodePoints(from, 1);
    }
    return name.substring(from);
  }

  /** Where the file is then: by another name than wanted where that is taken. */
  private static Path move(Path file, Path into, String name) throws IOException {
    Files.createDirectories(into); // the folder may have been made anew, with nothing in it
    try {
      return Files.move(file, named(into, name));
    } catch (FileAlreadyExistsException e) {
      return Files.move(file, named(into, Submission.newId() + "-" + name));
    }
  }

  /** A name's bytes may be no text in the locale of this process: then it can be read, not made. */
  private static Path named(Path into, String name) {
    try {
      return into.resolve(name);
    } catch (InvalidPathException e) {
      return into.resolve(name.replaceAll("[^ -~]", "_"));
    }
  }
}
