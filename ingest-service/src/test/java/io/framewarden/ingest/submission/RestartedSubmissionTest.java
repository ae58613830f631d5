package io.framewarden.ingest.submission;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.status.VideoStatusIndex;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectKeys;
import io.framewarden.v1.VideoUpload;
import io.prometheus.client.CollectorRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a process that died in the middle of a submission leaves to the next one. */
final class RestartedSubmissionTest {
  private static final String ID = Submission.newId();

  @TempDir Path folder;
  private final List<VideoUpload> published = new ArrayList<>();
  private final VideoStatusIndex videos = new VideoStatusIndex();
  private final byte[] content =
      Arrays.copyOf("\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1), 5000);
  private FileObjectStore store;

  @BeforeEach
  void openStore() throws IOException {
    store = new FileObjectStore(folder.resolve("store"));
  }

  /** Killed after the announcement, before the sender, or its note, knew. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theSameIdAgainIsAnnouncedOnceAndKeepsItsContent(boolean rescore) throws Exception {
    Submission submission = new Submission(ID, "a.mp4", "me", rescore);
    submit(submission, published::add);
    SubmissionResult again = submit(submission, published::add);
    assertEquals(1, published.size());
    assertEquals(published.get(0), again.upload());
    assertArrayEquals(content, stored());
  }

  @Test
  void otherContentUnderAnIdThatGotAnAnswerMeanwhileIsRefused() throws Exception {
    videos.uploaded(
        VideoUpload.newBuilder()
            .setVideoId(ID)
            .setSubmitter("me")
            .setContentSha256("0".repeat(64))
            .build());
    Submission submission = new Submission(ID, "a.mp4", "me", false);
    ApiIOException refused =
        assertThrows(ApiIOException.class, () -> submit(submission, published::add));
    assertEquals(ProblemType.KEY_REUSED, refused.refusal().type());
    assertEquals(List.of(), published);
  }

  @Test
  void contentThatWasNeverAnnouncedIsRemoved() throws Exception {
    killedWhileAnnouncing();
    assertArrayEquals(content, stored());
    restarted(videos).removeInterrupted();
    assertFalse(Files.exists(object()));
    assertTrue(notes().isEmpty());
  }

  @Test
  void contentThatWasAnnouncedIsKept() throws Exception {
    killedWhileAnnouncing();
    videos.uploaded(VideoUpload.newBuilder().setVideoId(ID).setSubmitter("me").build());
    restarted(videos).removeInterrupted();
    assertArrayEquals(content, stored());
    assertTrue(notes().isEmpty());
  }

  @Test
  void aRequestThatComesAgainBeforeItIsLookedAtKeepsItsContent() throws Exception {
    killedWhileAnnouncing();
    PendingUploadJournal notes = new PendingUploadJournal(folder.resolve("notes"));
    submit(new Submission(ID, "a.mp4", "me", false), published::add, notes);
    submissions(published::add, notes, new VideoStatusIndex()).removeInterrupted();
    assertArrayEquals(content, stored());
    assertTrue(notes().isEmpty());
  }

  @Test
  void whatCannotBeRemovedIsTriedAgain() throws Exception {
    killedWhileAnnouncing();
    PendingUploadJournal notes = new PendingUploadJournal(folder.resolve("notes"));
    assertThrows(
        IOException.class,
        () ->
            notes.resolve(
                id -> {
                  throw new IOException("the store is away");
                }));
    assertEquals(List.of(ID), notes());
    submissions(published::add, notes, videos).removeInterrupted();
    assertFalse(Files.exists(object()));
  }

  private SubmissionService restarted(VideoStatusIndex known) throws IOException {
    return submissions(published::add, new PendingUploadJournal(folder.resolve("notes")), known);
  }

  private SubmissionService submissions(
      UploadSink sink, PendingUploadJournal journal, VideoStatusIndex known) {
    return new SubmissionService(
        new UploadService(store, sink, UploadLimits.defaults(), new CollectorRegistry(), journal),
        known);
  }

  /** As a kill does it: neither the store nor the notes are cleaned up. */
  private void killedWhileAnnouncing() throws Exception {
    Path before = folder.resolve("before");
    submit(
        new Submission(ID, "a.mp4", "me", false),
        upload -> {
          Files.createDirectory(before);
          Files.copy(object(), before.resolve("object"));
          Files.copy(folder.resolve("notes").resolve(ID), before.resolve("note"));
        },
        new PendingUploadJournal(folder.resolve("notes")),
        new VideoStatusIndex());
    Files.copy(before.resolve("note"), folder.resolve("notes").resolve(ID));
    assertArrayEquals(Files.readAllBytes(before.resolve("object")), stored());
  }

  private SubmissionResult submit(Submission submission, UploadSink sink) throws Exception {
    return submit(submission, sink, new PendingUploadJournal(folder.resolve("notes")));
  }

  private SubmissionResult submit(
      Submission submission, UploadSink sink, PendingUploadJournal notes) throws Exception {
    return submit(submission, sink, notes, videos);
  }

  private SubmissionResult submit(
      Submission submission, UploadSink sink, PendingUploadJournal notes, VideoStatusIndex known)
      throws Exception {
    return submissions(sink, notes, known).submit(submission, new ByteArrayInputStream(content));
  }

  private Path object() {
    return folder.resolve("store").resolve(ObjectKeys.video(ID));
  }

  private byte[] stored() throws IOException {
    return Files.readAllBytes(object());
  }

  private List<String> notes() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("notes"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
