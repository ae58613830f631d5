package io.framewarden.ingest.tus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.runtime.store.FreeSpace;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.v1.CallerReference;
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

  /** What may be written. */
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
              submission(id, note),
              note.path("length").asLong(),
              note.path("checkedTo").asLong(-1),
              note.path("videoId").asText()));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static Submission submission(String id, JsonNode note) {
    JsonNode reference = note.path("reference");
    return new Submission(
        id,
        note.path("fileName").asText(),
        note.path("submitter").asText(),
        note.path("rescore").asBoolean(),
        "",
        reference.isObject()
            ? ProtoJson.parse(reference.toString(), CallerReference.newBuilder()).build()
            : CallerReference.getDefaultInstance());
  }

  void create(StagedUpload upload) throws IOException {
    Files.createFile(data(upload.id()));
    save(upload);
  }

  void save(StagedUpload upload) throws IOException {
    Submission submission = upload.submission();
    ObjectNode note =
        JSON.createObjectNode()
            .put("submitter", submission.submitter())
            .put("fileName", submission.fileName())
            .put("length", upload.length())
            .put("rescore", submission.rescore())
            .put("checkedTo", upload.checkedTo())
            .put("videoId", upload.videoId())
            .putRawValue("reference", new RawValue(ProtoJson.line(submission.reference())));
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
