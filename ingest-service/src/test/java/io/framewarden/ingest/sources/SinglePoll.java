package io.framewarden.ingest.sources;

import io.framewarden.runtime.store.FileObjectStore;
import io.framewarden.v1.VideoUpload;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A process that takes what is in a folder, once, and prints the names of its uploads. */
final class SinglePoll {
  private SinglePoll() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<VideoUpload> published = new ArrayList<>();
    FileObjectStore store = new FileObjectStore(folder.resolveSibling("objects"));
    new FolderPoller(
            folder, Duration.ZERO, RecordingSubmissions.into(store, published), System::nanoTime)
        .poll(() -> false);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    published.forEach(upload -> out.println(upload.getFileName()));
  }
}
