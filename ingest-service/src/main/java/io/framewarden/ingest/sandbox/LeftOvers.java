package io.framewarden.ingest.sandbox;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a service leaves that is killed while one of its decoders starts: the shared memory, which
 * still has its name, and the decoder's temporary files. Warm decoders have neither.
 */
final class LeftOvers {
  private static final Logger LOG = LoggerFactory.getLogger(LeftOvers.class);

  private LeftOvers() {}

  /** Deletes what no living process holds. */
  static void delete() {
    try (DirectoryStream<Path> rings =
        Files.newDirectoryStream(
            FaceRing.folder(),
            path ->
                path.getFileName().toString().startsWith(FaceRing.PREFIX)
                    && Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                    && !FaceRing.isOurs(path))) {
      for (Path ring : rings) {
        delete(ring);
      }
    } catch (IOException e) {
      LOG.debug("{} cannot be looked through: {}", FaceRing.folder(), e.toString());
    }
  }

  private static void delete(Path ring) {
    try (FileChannel channel =
            FileChannel.open(ring, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        FileLock free = channel.tryLock()) {
      if (free != null) {
        LOG.info("{} was left by a process that died: deleted", ring);
        Scratch.of(ring.getFileName().toString().substring(FaceRing.PREFIX.length())).close();
        Files.deleteIfExists(ring);
      }
    } catch (IOException e) {
      LOG.debug("{} stays: {}", ring, e.toString()); // another user's, or gone already
    }
  }
}
