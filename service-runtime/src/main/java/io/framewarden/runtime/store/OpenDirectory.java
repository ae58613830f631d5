package io.framewarden.runtime.store;

import io.framewarden.runtime.lifecycle.Threads;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A folder that others may write to, held open by its descriptor: whatever happens to its name, all
 * is done in the folder that was opened, by names of one component, and no symbolic link is
 * followed. One thread.
 */
public final class OpenDirectory implements Closeable {
  private static final LinkOption NOFOLLOW = LinkOption.NOFOLLOW_LINKS;
  private static final long OPEN_TIMEOUT_SECONDS = 3;
  private static final int MAX_OPENERS = 16;

  /** Opening a pipe waits for its other end, and cannot be interrupted. */
  private static final Executor OPENERS = openers();

  private final SecureDirectoryStream<Path> stream;
  private final Path name;

  /** Openings that have not come back: the stream's own lock is theirs until they do. */
  private int pending;

  private boolean closed;

  private OpenDirectory(SecureDirectoryStream<Path> stream, Path name) {
    this.stream = stream;
    this.name = name;
  }

  /**
   * Opens a folder by its name, whose links are followed.
   *
   * @throws IOException when it cannot be opened, or its file system has no descriptors of folders
   */
  public static OpenDirectory open(Path folder) throws IOException {
    DirectoryStream<Path> stream = Files.newDirectoryStream(folder);
    if (stream instanceof SecureDirectoryStream<Path> secure) {
      return new OpenDirectory(secure, folder);
    }
    stream.close();
    throw new FileSystemException(
        folder.toString(), null, "this system cannot hold a folder open; Linux can");
  }

  /**
   * Opens a folder in this one.
   *
   * @throws NotDirectoryException when it is a link or anything else
   */
  public OpenDirectory subfolder(Path entry) throws IOException {
    Path where = name.resolve(entry);
    if (!attributes(entry).isDirectory()) {
      throw new NotDirectoryException(where + " (a link or no folder; links are not followed)");
    }
    return within(
        () ->
            new OpenDirectory(
                (SecureDirectoryStream<Path>) stream.newDirectoryStream(entry, NOFOLLOW), where),
        where);
  }

  /** The names of all entries; may be asked for once. */
  public List<Path> names() throws IOException {
    List<Path> names = new ArrayList<>();
    try {
      stream.forEach(entry -> names.add(entry.getFileName()));
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  /** Of the folder itself. */
  public PosixFileAttributes attributes() throws IOException {
    return stream.getFileAttributeView(PosixFileAttributeView.class).readAttributes();
  }

  /** Of an entry itself: a link is a link. */
  public BasicFileAttributes attributes(Path entry) throws IOException {
    return stream
        .getFileAttributeView(entry, BasicFileAttributeView.class, NOFOLLOW)
        .readAttributes();
  }

  /** Whether there is anything by this name. */
  public boolean holds(Path entry) throws IOException {
    try {
      attributes(entry);
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** How many names the file has, or nothing where the entry is not what it was. */
  public Optional<Integer> links(Path entry) throws IOException {
    Object key = attributes(entry).fileKey();
    Map<String, Object> found =
        Files.readAttributes(name.resolve(entry), "unix:nlink,fileKey", NOFOLLOW);
    return key.equals(found.get("fileKey"))
        ? Optional.of((Integer) found.get("nlink"))
        : Optional.empty();
  }

  /**
   * Opens a file to read it; the caller closes it.
   *
   * @throws FileSystemException when it is no regular file, or was exchanged while it was opened
   */
  public SeekableByteChannel read(Path entry) throws IOException {
    BasicFileAttributes before = attributes(entry);
    if (!before.isRegularFile()) {
      throw new FileSystemException(name.resolve(entry).toString(), null, "not a regular file");
    }
    SeekableByteChannel channel =
        within(
            () -> stream.newByteChannel(entry, Set.of(StandardOpenOption.READ, NOFOLLOW)),
            name.resolve(entry));
    boolean good = false;
    try {
      good = before.fileKey().equals(attributes(entry).fileKey());
    } finally {
      if (!good) {
        channel.close();
      }
    }
    if (!good) {
      throw new FileSystemException(name.resolve(entry).toString(), null, "it was exchanged");
    }
    return channel;
  }

  /**
   * Makes a file to write; the caller closes it.
   *
   * @throws java.nio.file.FileAlreadyExistsException when there is anything by this name
   */
  public SeekableByteChannel create(Path entry) throws IOException {
    Set<OpenOption> options =
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW, NOFOLLOW);
    return stream.newByteChannel(entry, options);
  }

  /** Moves an entry, a link as a link; it replaces a file or link that has the name there. */
  public void move(Path entry, OpenDirectory into, Path as) throws IOException {
    stream.move(entry, into.stream, as);
  }

  /** Removes a folder that is empty. */
  public void deleteFolder(Path entry) throws IOException {
    stream.deleteDirectory(entry);
  }

  /** Does not wait for an opening that was given up: that one closes the folder when it is over. */
  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
      if (pending > 0) {
        return;
      }
    }
    stream.close();
  }

  private synchronized void begin() {
    pending++;
  }

  private void end() {
    synchronized (this) {
      pending--;
      if (!closed || pending > 0) {
        return;
      }
    }
    try {
      stream.close();
    } catch (IOException e) {
      // Nobody is there any more to be told.
    }
  }

  private <T extends Closeable> T within(Callable<T> opening, Path what) throws IOException {
    CompletableFuture<T> opened = new CompletableFuture<>();
    begin();
    OPENERS.execute(
        () -> {
          try {
            T result;
            try {
              result = opening.call();
            } finally {
              end();
            }
            if (!opened.complete(result)) {
              result.close(); // nobody waits any more
            }
          } catch (Exception e) {
            opened.completeExceptionally(e);
          }
        });
    try {
      return opened.get(OPEN_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof FileSystemException failure
          ? failure
          : refused(what, e.getCause()); // a link in the place of the file, for one
    } catch (TimeoutException e) {
      throw timedOut(opened, what);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw timedOut(opened, what);
    }
  }

  private static FileSystemException refused(Path what, Throwable cause) {
    FileSystemException refused =
        new FileSystemException(what.toString(), null, cause.getMessage());
    refused.initCause(cause);
    return refused;
  }

  private static <T extends Closeable> IOException timedOut(CompletableFuture<T> opened, Path what)
      throws IOException {
    IOException failure =
        new FileSystemException(what.toString(), null, "it cannot be opened in time");
    if (!opened.completeExceptionally(failure) && !opened.isCompletedExceptionally()) {
      opened.join().close();
    }
    return failure;
  }

  private static Executor openers() {
    ThreadPoolExecutor openers =
        new ThreadPoolExecutor(
            MAX_OPENERS,
            MAX_OPENERS,
            OPEN_TIMEOUT_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> Threads.daemon("opener", task));
    openers.allowCoreThreadTimeOut(true);
    return openers;
  }
}
