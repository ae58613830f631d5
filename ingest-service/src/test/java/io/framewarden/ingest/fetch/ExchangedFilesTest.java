package io.framewarden.ingest.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.runtime.config.Settings;
import io.framewarden.runtime.store.StoreConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Files of a folder that somebody exchanges while they are opened. */
@Timeout(120)
@EnabledOnOs(OS.LINUX)
class ExchangedFilesTest {
  private static final int ROUNDS = 1000;
  private static final String OWN = "what may be read";
  private static final String SECRET = "what may not";

  @TempDir Path temp;
  private final AtomicBoolean stop = new AtomicBoolean();
  private Path folder;
  private Path outside;
  private VideoFetcher fetcher;

  @BeforeEach
  void open() throws IOException {
    folder = Files.createDirectories(temp.resolve("allowed"));
    outside = Files.createDirectories(temp.resolve("outside"));
    Files.writeString(Files.createDirectory(folder.resolve("sub")).resolve("a.mp4"), OWN);
    Files.writeString(outside.resolve("a.mp4"), SECRET);
    fetcher =
        new VideoFetcher(
            new FetchConfig(
                List.of(folder.toUri()),
                Duration.ofSeconds(10),
                StoreConfig.from(new Settings(Map.of()))));
  }

  @AfterEach
  void close() {
    fetcher.close();
  }

  @Test
  void linksWithinTheFolderAreFollowedAndTheSizeIsKnown() throws Exception {
    Files.createSymbolicLink(folder.resolve("link"), folder.resolve("sub"));
    Files.createSymbolicLink(folder.resolve("b.mp4"), Path.of("link/a.mp4"));
    FetchedVideo video = fetcher.open(folder.resolve("b.mp4").toUri().toString());
    try (InputStream content = video.content()) {
      assertEquals(OWN, new String(content.readAllBytes(), StandardCharsets.UTF_8));
      assertEquals(OWN.length(), video.length());
    }
    assertThrows(ApiException.class, () -> fetcher.open(folder.toUri().toString()));
  }

  @Test
  void aFolderThatBecomesALinkGivesNothingAway() throws Exception {
    Path sub = folder.resolve("sub");
    Path aside = folder.resolve("aside");
    Path link = temp.resolve("link");
    assertNothingGivenAway(
        () -> {
          Files.move(sub, aside);
          Files.createSymbolicLink(link, outside);
          Files.move(link, sub, StandardCopyOption.ATOMIC_MOVE);
          Files.delete(sub);
          Files.move(aside, sub);
        });
  }

  @Test
  void aFileThatBecomesALinkOrAPipeGivesNothingAway() throws Exception {
    Path file = folder.resolve("sub/a.mp4");
    Path pipe = temp.resolve("pipe");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Path next = temp.resolve("next");
    assertNothingGivenAway(
        () -> {
          Files.createSymbolicLink(next, outside.resolve("a.mp4"));
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
          Files.writeString(next, OWN);
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
          Files.createLink(next, pipe);
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
          Files.writeString(next, OWN);
          Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        });
  }

  @Test
  void theFolderItselfThatBecomesALinkGivesNothingAway() throws Exception {
    Path aside = temp.resolve("aside");
    Files.writeString(Files.createDirectory(outside.resolve("sub")).resolve("a.mp4"), SECRET);
    assertNothingGivenAway(
        () -> {
          Files.move(folder, aside);
          Files.createSymbolicLink(folder, outside);
          Files.delete(folder);
          Files.move(aside, folder);
        });
  }

  private interface Exchange {
    void swap() throws IOException;
  }

  private void assertNothingGivenAway(Exchange exchange) throws Exception {
    Thread swapping =
        new Thread(
            () -> {
              try {
                while (!stop.get()) {
                  exchange.swap();
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    swapping.start();
    String uri = folder + "/sub/a.mp4";
    int read = 0;
    for (int round = 0; round < ROUNDS; round++) {
      try (InputStream content = fetcher.open("file://" + uri).content()) {
        String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(text.equals(OWN) || text.isEmpty(), text);
        read++;
      } catch (ApiException e) {
        assertTrue(e.getMessage().contains("there is no such file"), e.getMessage());
      }
    }
    stop.set(true);
    swapping.join();
    assertEquals(OWN, Files.readString(Path.of(uri)), read + " were read");
  }
}
