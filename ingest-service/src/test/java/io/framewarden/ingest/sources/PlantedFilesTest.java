package io.framewarden.ingest.sources;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.runtime.store.ObjectStore;
import io.framewarden.schemas.model.Sha256;
import io.framewarden.v1.VideoUpload;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What somebody else who may write to the watched folder plants there, and exchanges meanwhile. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class PlantedFilesTest {
  private static final byte[] VIDEO = video(1);
  private static final byte[] SECRET = video(2);
  private static final int ROUNDS = 150;

  @TempDir Path temp;
  private final List<VideoUpload> published = new ArrayList<>();
  private final AtomicBoolean stop = new AtomicBoolean();
  private Path folder;
  private Path victim;
  private Path secret;

  @BeforeEach
  void make() throws IOException {
    folder = Files.createDirectory(temp.resolve("in"));
    victim = Files.createDirectory(temp.resolve("victim"));
    secret = Files.write(victim.resolve("secret.mp4"), SECRET);
  }

  @Test
  void foldersThatAreLinksAreNotUsed() throws Exception {
    for (String name : List.of("done", "refused")) {
      Files.deleteIfExists(folder.resolve(name));
      Path planted = Files.createSymbolicLink(folder.resolve(name), victim);
      String why = assertThrows(IOException.class, this::poller).getMessage();
      assertTrue(why.contains(name) && why.contains("links are not followed"), why);
      Files.delete(planted);
      FolderPoller poller = poller();
      Files.delete(folder.resolve(name));
      Files.createSymbolicLink(planted, victim);
      Files.write(folder.resolve("a.mp4"), VIDEO);
      assertThrows(IOException.class, () -> poller.poll(() -> false));
      assertTrue(Files.exists(folder.resolve("a.mp4")), "it waits");
      Files.delete(planted);
      pipe(planted);
      assertThrows(IOException.class, () -> poller.poll(() -> false));
      Files.delete(planted);
    }
    assertVictimUntouched();
    assertTrue(published.isEmpty());
  }

  @Test
  void reasonsAreNewFilesWhateverIsInTheirPlace() throws Exception {
    FolderPoller poller = poller();
    Path refused = folder.resolve("refused");
    Files.createSymbolicLink(refused.resolve("a.mp4.reason.txt"), secret);
    Files.createSymbolicLink(refused.resolve("b.mp4.reason.txt"), victim.resolve("new"));
    Files.createLink(refused.resolve("c.mp4.reason.txt"), secret);
    pipe(refused.resolve("d.mp4.reason.txt"));
    Files.createDirectory(refused.resolve("e.mp4.reason.txt"));
    Files.createSymbolicLink(refused.resolve("f.mp4"), secret);
    Files.createSymbolicLink(refused.resolve("g.mp4"), victim);
    for (String name : List.of("a", "b", "c", "d", "e", "f", "g")) {
      Files.writeString(folder.resolve(name + ".mp4"), "#EXTM3U");
    }
    poller.poll(() -> false);
    assertVictimUntouched();
    List<String> names = names(refused);
    assertEquals(7, names.stream().filter(name -> name.matches(".{37}[a-g]\\.mp4")).count());
    for (String name : names) {
      if (name.matches(".{37}[a-g]\\.mp4\\.reason\\.txt")) {
        assertTrue(Files.readString(refused.resolve(name)).startsWith("playlist\n"));
      }
    }
    assertEquals(21, names.size(), names.toString());
  }

  @Test
  void filesWithSeveralNamesPipesAndFoldersAreLeftAlone() throws Exception {
    FolderPoller poller = poller();
    Files.createLink(folder.resolve("hard.mp4"), secret);
    Files.createSymbolicLink(folder.resolve("soft.mp4"), secret);
    Files.createSymbolicLink(folder.resolve("device.mp4"), Path.of("/dev/zero"));
    Files.createDirectory(folder.resolve("folder.mp4"));
    pipe(folder.resolve("pipe.mp4"));
    Files.write(folder.resolve("z.mp4"), VIDEO);
    poller.poll(() -> false);
    assertEquals(1, published.size());
    assertEquals(List.of("z.mp4"), published.stream().map(VideoUpload::getFileName).toList());
    assertEquals(
        List.of("device.mp4", "done", "folder.mp4", "hard.mp4", "pipe.mp4", "refused", "soft.mp4"),
        names(folder));
    assertVictimUntouched();
  }

  @Test
  void whatIsTooLargeIsRefusedUnread() throws Exception {
    ObjectStore unused =
        (ObjectStore)
            Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                  throw new AssertionError(method + " of a file that is too large");
                });
    FolderPoller poller = poller(unused);
    try (RandomAccessFile sparse =
        new RandomAccessFile(folder.resolve("large.mp4").toFile(), "rw")) {
      sparse.write(VIDEO);
      sparse.setLength(6L << 30);
    }
    poller.poll(() -> false);
    String reason = Files.readString(folder.resolve("refused/large.mp4.reason.txt"));
    assertTrue(reason.startsWith("too_large\n"), reason);
    assertEquals(6L << 30, Files.size(folder.resolve("refused/large.mp4")));
  }

  @Test
  void whatAProcessHadTakenWhenItDiedIsPutBack() throws Exception {
    FolderPoller poller = poller();
    try (WatchedFolder cut = WatchedFolder.open(folder)) {
      Files.write(folder.resolve("a.mp4"), VIDEO);
      assertTrue(cut.take(Path.of("a.mp4")).isPresent());
      assertFalse(Files.exists(folder.resolve("a.mp4")));
    }
    poller.poll(() -> false);
    poller.poll(() -> false);
    assertEquals(1, published.size());
    assertEquals(List.of("done", "refused"), names(folder));
  }

  @Test
  void aFileThatIsExchangedAllTheTimeGivesNothingOfOthersAway() throws Exception {
    FolderPoller poller = poller();
    Path pipe = pipe(temp.resolve("pipe"));
    Path at = folder.resolve("x.mp4");
    Path next = folder.resolve(".next");
    Thread swapping =
        swapper(
            round -> {
              switch (round % 5) {
                case 0 -> Files.createSymbolicLink(next, secret);
                case 1 -> Files.write(next, VIDEO);
                case 2 -> Files.createLink(next, pipe);
                case 3 -> Files.write(next, VIDEO);
                default -> Files.createLink(next, secret);
              }
              Files.move(next, at, StandardCopyOption.ATOMIC_MOVE);
            });
    for (int i = 0; i < ROUNDS; i++) {
      poller.poll(() -> false);
    }
    finish(swapping);
    Files.deleteIfExists(at);
    poller.poll(() -> false);
    assertTrue(published.size() <= 1, published.toString());
    published.forEach(upload -> assertEquals(Sha256.of(VIDEO), upload.getContentSha256()));
    assertVictimUntouched();
    for (String in : List.of("done", "refused")) {
      try (Stream<Path> files = Files.list(folder.resolve(in))) {
        for (Path file : files.filter(Files::isSymbolicLink).toList()) {
          throw new AssertionError("a link was taken for a file: " + file);
        }
      }
    }
  }

  @Test
  void foldersThatAreExchangedAllTheTimeLeadNowhere() throws Exception {
    FolderPoller poller = poller();
    Path link = Files.createSymbolicLink(temp.resolve("link"), victim);
    Thread swapping =
        swapper(
            round -> {
              Path at = folder.resolve(round % 2 == 0 ? "done" : "refused");
              Path aside = folder.resolve(".aside-" + round);
              Files.move(at, aside);
              Files.createSymbolicLink(at, victim);
              Files.delete(at);
              if (!Files.exists(at)) {
                Files.move(aside, at);
              }
            });
    for (int i = 0; i < ROUNDS; i++) {
      Files.write(folder.resolve("good.mp4"), VIDEO);
      Files.writeString(folder.resolve("bad" + i + ".mp4"), "#EXTM3U");
      try {
        poller.poll(() -> false);
      } catch (IOException e) {
        // it is told, and tried again
      }
    }
    finish(swapping);
    Files.delete(link);
    assertVictimUntouched();
  }

  /** One exchange; what fails because the other side was quicker does not matter. */
  private interface Exchange {
    void swap(int round) throws IOException;
  }

  private Thread swapper(Exchange exchange) {
    Thread thread =
        new Thread(
            () -> {
              for (int round = 0; !stop.get(); round++) {
                try {
                  exchange.swap(round);
                } catch (IOException e) {
                  try {
                    Files.deleteIfExists(folder.resolve(".next"));
                  } catch (IOException again) {
                    // the next round tries again
                  }
                }
              }
            });
    thread.start();
    return thread;
  }

  private void finish(Thread swapping) throws InterruptedException {
    stop.set(true);
    swapping.join();
  }

  private void assertVictimUntouched() throws IOException {
    assertEquals(List.of("secret.mp4"), names(victim));
    assertArrayEquals(SECRET, Files.readAllBytes(secret));
  }

  private FolderPoller poller() throws IOException {
    return poller(new FileObjectStore(temp.resolve("objects")));
  }

  private FolderPoller poller(ObjectStore store) throws IOException {
    SubmissionService submissions = RecordingSubmissions.into(store, published);
    return new FolderPoller(folder, Duration.ZERO, submissions, System::nanoTime);
  }

  private static List<String> names(Path in) throws IOException {
    try (Stream<Path> files = Files.list(in)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Path pipe(Path at) throws Exception {
    assertEquals(0, new ProcessBuilder("mkfifo", at.toString()).inheritIO().start().waitFor());
    return at;
  }

  private static byte[] video(int seed) {
    byte[] content = new byte[1000];
    Arrays.fill(content, (byte) seed);
    byte[] head = "\0\0\0\u0018ftypisom".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, content, 0, head.length);
    return content;
  }
}
