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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An archive's index in a file beside it, {@code ARCHIVE.index}: reading hundreds of gigabytes
 * again only to know what is in them would cost an hour at every start. It is valid only while the
 * archive's size and time of change are those that it was made for; it may be deleted at any time.
 */
final class IndexFile {
  private static final Logger LOG = LoggerFactory.getLogger(IndexFile.class);
  private static final long MAGIC = 0x4657_494e_4445_5833L; // FWINDEX3

  /** Below this, reading the archive again takes a few seconds. */
  static final long MIN_ARCHIVE_BYTES = 1L << 30;

  private IndexFile() {}

  /**
   * The archive's index: the stored one, or a new one.
   *
   * @param minBytes archives of so many bytes and more have their index stored
   */
  static ArchiveIndex of(Path archive, long minBytes) throws IOException {
    if (!Files.exists(archive) || Files.size(archive) < minBytes) {
      return ArchiveIndex.of(archive);
    }
    Path file = archive.resolveSibling(archive.getFileName() + ".index");
    long size = Files.size(archive);
    long changed = Files.getLastModifiedTime(archive).toMillis();
    Optional<ArchiveIndex> stored = read(file, size, changed);
    if (stored.isPresent()) {
      return stored.get();
    }
    ArchiveIndex made = ArchiveIndex.of(archive);
    try {
      write(file, size, changed, made);
    } catch (IOException e) {
      LOG.info("the index of {} cannot be stored: {}", archive, e.toString());
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
    int attributesCount = in.readInt();
    List<FaceAttributes> attributes = new ArrayList<>();
    for (int i = 0; i < attributesCount; i++) {
      attributes.add(
          new FaceAttributes(
              in.readBoolean(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              in.readUTF(),
              readGroups(in),
              in.readBoolean()));
    }
    int faces = in.readInt();
    if (faces < 0) {
      throw new IOException("a count of " + faces);
    }
    long[] positions = new long[faces];
    int[] attributesOf = new int[faces];
    long position = 0;
    for (int i = 0; i < faces; i++) {
      position += in.readInt();
      positions[i] = position;
      attributesOf[i] = in.readInt();
      if (attributesOf[i] < 0 || attributesOf[i] >= attributesCount) {
        throw new IOException(
            "face " + i + " has label " + attributesOf[i] + " of " + attributesCount);
      }
    }
    return new ArchiveIndex(positions, attributesOf, List.copyOf(attributes), digest, unlabelled);
  }

  private static Map<String, String> readGroups(DataInputStream in) throws IOException {
    Map<String, String> groups = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      groups.put(in.readUTF(), in.readUTF());
    }
    return Map.copyOf(groups);
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
      out.writeInt(index.attributes().size());
      for (FaceAttributes own : index.attributes()) {
        out.writeBoolean(own.fake());
        out.writeUTF(own.domain());
        out.writeUTF(own.identity());
        out.writeUTF(own.sourceIdentity());
        out.writeUTF(own.video());
        out.writeUTF(own.split());
        out.writeInt(own.groups().size());
        for (Map.Entry<String, String> group : own.groups().entrySet()) {
          out.writeUTF(group.getKey());
          out.writeUTF(group.getValue());
        }
        out.writeBoolean(own.photograph());
      }
      out.writeInt(index.size());
      long before = 0;
      for (int i = 0; i < index.size(); i++) {
        out.writeInt(Math.toIntExact(index.positions()[i] - before));
        out.writeInt(index.attributesOf()[i]);
        before = index.positions()[i];
      }
    }
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
