package io.framewarden.ingest.tus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.runtime.store.FreeSpace;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Unfinished uploads as files: {@code ID.json} and {@code ID.data}. How long the data file is says
 * how far the upload is, and when it was last written how old. Callers hold the upload's lock.
 */
final class StagingFolder {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NOTE = ".json";

  private final Path folder;
  private final FreeSpace space;

  StagingFolder(Path folder, FreeSpace space) throws IOException {
    this.folder = Files.createDirectories(folder).toRealPath();
    this.space = space;
  }

  Path data(String id) {
    return folder.resolve(id + ".data");
  }

  /** Bytes that may be written. */
  long freeBytes() throws IOException {
    return space.bytes();
  }

  /** The disk's. */
  FreeSpace space() {
    return space;
  }

  /** The ids of all uploads. */
  List<String> ids() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(NOTE))
          .map(name -> name.substring(0, name.length() - NOTE.length()))
          .filter(id -> ID.matcher(id).matches())
          .toList();
    }
  }

  Optional<StagedUpload> find(String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return Optional.empty();
    }
    try {
      JsonNode note = JSON.readTree(Files.readAllBytes(folder.resolve(id + NOTE)));
      return Optional.of(
          new StagedUpload(
              id,
              note.path("submitter").asText(),
              note.path("fileName").asText(),
              note.path("length").asLong(),
              note.path("rescore").asBoolean(),
              note.path("checkedTo").asLong(-1),
              note.path("videoId").asText()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  void create(StagedUpload upload) throws IOException {
    Files.createFile(data(upload.id()));
    save(upload);
  }

  void save(StagedUpload upload) throws IOException {
    ObjectNode note =
        JSON.createObjectNode()
            .put("submitter", upload.submitter())
            .put("fileName", upload.fileName())
            .put("length", upload.length())
            .put("rescore", upload.rescore())
            .put("checkedTo", upload.checkedTo())
            .put("videoId", upload.videoId());
    Path next = folder.resolve(upload.id() + ".new");
    Files.write(next, JSON.writeValueAsBytes(note));
    try (FileChannel channel = FileChannel.open(next, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(
        next,
        folder.resolve(upload.id() + NOTE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  /** How many bytes are there; all of them once the upload was handed in. */
  long offset(StagedUpload upload) throws IOException {
    if (upload.isHandedIn()) {
      return upload.length();
    }
    long size = Files.size(data(upload.id()));
    return upload.checkedTo() >= 0 ? Math.min(size, upload.checkedTo()) : size;
  }

  /** When something was last written of it. */
  Instant lastWritten(StagedUpload upload) throws IOException {
    Path file = upload.isHandedIn() ? folder.resolve(upload.id() + NOTE) : data(upload.id());
    return Files.getLastModifiedTime(file).toInstant();
  }

  void deleteData(String id) throws IOException {
    Files.deleteIfExists(data(id));
  }

  /** The note goes last: without it the data would never be found again. */
  void delete(String id) throws IOException {
    deleteData(id);
    Files.deleteIfExists(folder.resolve(id + ".new"));
    Files.deleteIfExists(folder.resolve(id + NOTE));
  }

  /** Data without a note, of a creation that a crash cut short. */
  void deleteOrphans() throws IOException {
    List<String> known = ids();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        String id = name.replaceFirst("\\.(data|new)$", "");
        if (!id.equals(name) && ID.matcher(id).matches() && !known.contains(id)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }
}
