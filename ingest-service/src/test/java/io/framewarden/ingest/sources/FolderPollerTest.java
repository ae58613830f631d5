package io.framewarden.ingest.sources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.process.JavaCommand;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.testkit.video.SyntheticVideo;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPollerTest {
  private static final Duration SETTLED = Duration.ofSeconds(10);

  @TempDir Path temp;
  private final List<VideoUpload> published = new ArrayList<>();
  private Path folder;
  private Path video;
  private long seconds;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("in"));
    video = SyntheticVideo.emptyRoom(temp.resolve("made.mp4"), 64, 48, 5, 1);
  }

  @Test
  void aFileIsTakenOnceItStoppedGrowing() throws IOException {
    ObjectStore store = new FileObjectStore(temp.resolve("objects"));
    FolderPoller watched = watched(store);
    byte[] content = Files.readAllBytes(video);
    Path growing = Files.write(folder.resolve("a.mp4"), new byte[0]);
    for (int from = 0; from < content.length; from += 1000) {
      byte[] more = Arrays.copyOfRange(content, from, Math.min(from + 1000, content.length));
      Files.write(growing, more, StandardOpenOption.APPEND);
      lookAfter(watched, 9);
    }
    assertTrue(published.isEmpty(), "it was still growing");
    lookAfter(watched, 10);
    VideoUpload upload = published.get(0);
    assertEquals("a.mp4", upload.getFileName());
    assertEquals("folder", upload.getSubmitter());
    assertEquals(content.length, store.size(URI.create(upload.getSourceUri())));
    assertEquals(List.of(upload.getVideoId() + "-a.mp4"), names("done"));
    assertFalse(Files.exists(growing));
    lookAfter(watched, 10);
    assertEquals(1, published.size());
  }

  @Test
  void whatIsNoVideoIsRefusedWithTheReasonBesideIt() throws IOException {
    FolderPoller watched = watched(new FileObjectStore(temp.resolve("objects")));
    for (int time = 0; time < 2; time++) {
      Files.writeString(folder.resolve("list.mp4"), "#EXTM3U\n/etc/passwd\n");
      lookAfter(watched, 0);
      lookAfter(watched, 10);
    }
    assertEquals(4, names("refused").size(), names("refused").toString());
    assertTrue(names("refused").contains("list.mp4"));
    String reason = Files.readString(folder.resolve("refused/list.mp4.reason.txt"));
    assertTrue(reason.startsWith("playlist\n"), reason);
    assertTrue(published.isEmpty());
  }

  @Test
  void theSameBytesAgainAreTheEarlierVideo() throws IOException {
    FolderPoller watched = watched(new FileObjectStore(temp.resolve("objects")));
    for (String name : new String[] {"a.mp4", "b.mp4"}) {
      Files.copy(video, folder.resolve(name));
      lookAfter(watched, 0);
      lookAfter(watched, 10);
    }
    assertEquals(1, published.size());
    String id = published.get(0).getVideoId();
    assertEquals(List.of(id + "-a.mp4", id + "-b.mp4"), names("done"));
  }

  @Test
  void namesThatAreLongOrBreakLinesAreMovedAllTheSame() throws IOException {
    String broken = "a\r\nX-Evil: 1.mp4";
    String longest = "n".repeat(250) + ".mp4"; // no id fits before it
    FolderPoller watched = watched(new FileObjectStore(temp.resolve("objects")));
    Files.copy(video, folder.resolve(broken));
    Files.copy(video, folder.resolve(longest));
    Files.writeString(folder.resolve("x" + longest.substring(1)), "#EXTM3U\n/etc/passwd\n");
    lookAfter(watched, 0);
    lookAfter(watched, 10);
    assertEquals(2, names("done").size(), names("done").toString());
    assertEquals(2, names("refused").size(), names("refused").toString());
    assertTrue(names("refused").get(1).endsWith("n.mp4.reason.txt"));
    assertEquals("aX-Evil: 1.mp4", published.get(0).getFileName());
  }

  /**
   * Bytes that are no UTF-8, characters that steer terminals; in a process without a locale too.
   */
  @ParameterizedTest
  @ValueSource(strings = {"C", "C.UTF-8"})
  @EnabledOnOs(OS.LINUX)
  void namesThatAreNoTextAreMovedAllTheSame(String locale) throws Exception {
    shell("cp made.mp4 in/\"$(printf 'gr\\303\\266\\303\\237e\\377\\033[2J.mp4')\"");
    shell("printf '#EXTM3U' > in/\"$(printf 'list\\377\\033[2J.mp4')\"");
    ProcessBuilder looking =
        new ProcessBuilder(JavaCommand.of(SinglePoll.class, List.of(), List.of(folder.toString())))
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    looking.environment().put("LC_ALL", locale);
    Process process = looking.start();
    String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), told);
    assertEquals(1, told.lines().count(), told);
    assertTrue(told.matches("gr.*\\[2J\\.mp4\n"), told);
    assertEquals(1, names("done").size());
    assertEquals(2, names("refused").size(), names("refused").toString());
    try (Stream<Path> left = Files.list(folder)) {
      assertEquals(2, left.count(), "only the two folders are left");
    }
  }

  private void shell(String script) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", script).directory(temp.toFile()).inheritIO().start();
    assertEquals(0, process.waitFor());
  }

  @Test
  void linksFoldersAndHiddenFilesAreLeftAlone() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.mp4"), video);
    Files.createDirectory(folder.resolve("more.mp4"));
    Files.copy(video, folder.resolve(".hidden.mp4"));
    FolderPoller watched = watched(new FileObjectStore(temp.resolve("objects")));
    lookAfter(watched, 0);
    lookAfter(watched, 10);
    assertTrue(published.isEmpty());
    assertTrue(Files.exists(folder.resolve(".hidden.mp4")));
    assertTrue(Files.isSymbolicLink(folder.resolve("link.mp4")));
  }

  @Test
  void aFullStoreDelaysAndLosesNothing() throws IOException {
    Files.copy(video, folder.resolve("a.mp4"));
    Path objects = temp.resolve("objects");
    FolderPoller full = watched(new FileObjectStore(objects, Long.MAX_VALUE, SETTLED));
    lookAfter(full, 0);
    lookAfter(full, 10);
    assertTrue(Files.exists(folder.resolve("a.mp4")));
    assertTrue(published.isEmpty());
    FolderPoller withRoom = watched(new FileObjectStore(objects));
    lookAfter(withRoom, 0);
    lookAfter(withRoom, 10);
    assertEquals(1, published.size());
  }

  private FolderPoller watched(ObjectStore store) throws IOException {
    return new FolderPoller(
        folder,
        SETTLED,
        RecordingSubmissions.into(store, published),
        () -> Duration.ofSeconds(seconds).toNanos());
  }

  private void lookAfter(FolderPoller watched, int wait) throws IOException {
    seconds += wait;
    watched.poll(() -> false);
  }

  private List<String> names(String in) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve(in))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
