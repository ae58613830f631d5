package io.framewarden.trainer.dataset;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive's index in a file beside it, {@code ARCHIVE.index}: reading hundreds of gigabytes
 * again only to know what is in them would cost an hour at every start. It counts only while the
 * archive's size and time of change are those that it was made for; it may be deleted at any time.
 */
final class IndexFile {
  private static final Logger LOG = LoggerFactory.getLogger(IndexFile.class);
  private static final long MAGIC = 0x4657_494e_4445_5831L; // FWINDEX1

  /** Below this, reading the archive again takes a few seconds. */
  static final long WORTH_KEEPING_BYTES = 1L << 30;

  private IndexFile() {}

  /**
   * The archive's index: the kept one, or a new one.
   *
   * @param keptFrom archives of so many bytes and more keep their index
   */
  static ArchiveIndex of(Path archive, long keptFrom) throws IOException {
    if (!Files.exists(archive) || Files.size(archive) < keptFrom) {
      return ArchiveIndex.of(archive);
    }
    Path file = archive.resolveSibling(archive.getFileName() + ".index");
    long size = Files.size(archive);
    long changed = Files.getLastModifiedTime(archive).toMillis();
    Optional<ArchiveIndex> kept = read(file, size, changed);
    if (kept.isPresent()) {
      return kept.get();
    }
    ArchiveIndex made = ArchiveIndex.of(archive);
    try {
      write(file, size, changed, made);
    } catch (IOException e) {
      LOG.info("the index of {} cannot be kept: {}", archive, e.toString());
    }
    return made;
  }

  private static Optional<ArchiveIndex> read(Path file, long size, long changed) {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      if (in.readLong() != MAGIC || in.readLong() != size || in.readLong() != changed) {
        return Optional.empty();
      }
      return Optional.of(read(in));
    } catch (IOException | IllegalArgumentException e) {
      LOG.info("{} cannot be used, it will be made again: {}", file, e.toString());
      return Optional.empty();
    }
  }

  private static ArchiveIndex read(DataInputStream in) throws IOException {
    String digest = in.readUTF();
    long unlabelled = in.readLong();
    int truthCount = in.readInt();
    List<FaceAttributes> truths = new ArrayList<>();
    for (int i = 0; i < truthCount; i++) {
      truths.add(
          new FaceAttributes(
              in.readBoolean(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF()));
    }
    int faces = in.readInt();
    if (faces < 0) {
      throw new IOException("a count of " + faces);
    }
    long[] positions = new long[faces];
    int[] truthOf = new int[faces];
    long position = 0;
    for (int i = 0; i < faces; i++) {
      position += in.readInt();
      positions[i] = position;
      truthOf[i] = in.readInt();
      if (truthOf[i] < 0 || truthOf[i] >= truthCount) {
        throw new IOException("face " + i + " has label " + truthOf[i] + " of " + truthCount);
      }
    }
    return new ArchiveIndex(positions, truthOf, List.copyOf(truths), digest, unlabelled);
  }

  private static void write(Path file, long size, long changed, ArchiveIndex index)
      throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part), 1 << 16))) {
      out.writeLong(MAGIC);
      out.writeLong(size);
      out.writeLong(changed);
      out.writeUTF(index.contentDigest());
      out.writeLong(index.unlabelled());
      out.writeInt(index.truths().size());
      for (FaceAttributes truth : index.truths()) {
        out.writeBoolean(truth.fake());
        out.writeUTF(truth.domain());
        out.writeUTF(truth.identity());
        out.writeUTF(truth.sourceIdentity());
        out.writeUTF(truth.video());
        out.writeUTF(truth.split());
      }
      out.writeInt(index.size());
      long before = 0;
      for (int i = 0; i < index.size(); i++) {
        out.writeInt(Math.toIntExact(index.positions()[i] - before));
        out.writeInt(index.truthOf()[i]);
        before = index.positions()[i];
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
