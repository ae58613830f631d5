package io.framewarden.trainer.archive.export;

import io.framewarden.extraction.extract.ExtractionRecipe;
import io.framewarden.extraction.extract.ExtractionResult;
import io.framewarden.extraction.extract.FaceExtractor;
import io.framewarden.extraction.extract.PhotographExtractor;
import io.framewarden.extraction.face.detect.DetectorPool;
import io.framewarden.runtime.lifecycle.MicrosecondClock;
import io.framewarden.runtime.store.LocalCopy;
import io.framewarden.trainer.archive.FaceArchiveWriter;
import io.framewarden.v1.ArchiveHeader;
import io.framewarden.v1.ArchivedFace;
import io.framewarden.v1.ArchivedFile;
import io.framewarden.v1.FaceFrame;
import io.framewarden.v1.FaceLabel;
import io.framewarden.v1.FailureReason;
import io.framewarden.v1.Photograph;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a face archive from videos and photographs. Files are worked on in parallel and written in
 * their own order, so that the same inputs give the same faces in the same order, also when the
 * export was interrupted and resumed; the faces of the files in flight are held in memory. A file
 * that cannot be read is listed in the summary.
 */
public final class FaceArchiveExport {
  private static final Logger LOG = LoggerFactory.getLogger(FaceArchiveExport.class);
  private static final long ATTEMPT = 1;

  /** Called after each file, on the exporting thread. */
  @FunctionalInterface
  public interface Progress {
    void fileDone(int filesDone, int filesTotal, long faces);
  }

  /**
   * @param photographs of some of the frames, by their numbers
   */
  private record Extracted(
      ArchiveInput file,
      ExtractionResult result,
      List<FaceFrame> frames,
      Map<Integer, Photograph> photographs) {}

  private final FaceArchiveOptions options;
  private final ArchiveInputs inputs;
  private final Progress progress;
  private final BlockingQueue<FaceExtractor> idle = new LinkedBlockingQueue<>();
  private KeptPhotographs kept;

  /** An export of the inputs; nothing is read or written before {@link #run}. */
  public FaceArchiveExport(FaceArchiveOptions options, ArchiveInputs inputs, Progress progress) {
    this.options = options;
    this.inputs = inputs;
    this.progress = progress;
  }

  /**
   * Writes the archive; it has its name only when it is whole.
   *
   * @throws IOException when the archive cannot be written, or there is another export in its place
   */
  public FaceArchiveSummary run() throws IOException, InterruptedException {
    kept = KeptPhotographs.of(options.landmarks());
    List<DetectorPool> pools = new ArrayList<>();
    ExecutorService workers = Executors.newFixedThreadPool(options.threads());
    try {
      for (int i = 0; i < options.threads(); i++) {
        // Files are worked on in parallel already.
        DetectorPool detectors = DetectorPool.open(options.extraction().detector().withThreads(1));
        pools.add(detectors);
        idle.add(new FaceExtractor(detectors, options.extraction()));
      }
      return write(workers);
    } finally {
      workers.shutdownNow();
      // Detectors own native memory: nobody may be using one when it is closed.
      workers.awaitTermination(1, TimeUnit.HOURS);
      pools.forEach(DetectorPool::close);
      kept.close();
    }
  }

  private FaceArchiveSummary write(ExecutorService workers)
      throws IOException, InterruptedException {
    ExtractionRecipe recipe = idle.element().recipe();
    ArchiveHeader header =
        ArchiveHeader.newBuilder()
            .setExtractionDigest(recipe.digest())
            .setExtractionRecipe(recipe.json())
            .setCreatedTimeUs(MicrosecondClock.now())
            .setExportDigest(ExportDigest.of(options, inputs, recipe.digest(), kept.digest()))
            .build();
    ExportTally tally = new ExportTally(inputs.skipped());
    try (ExportTarget target = ExportTarget.open(options, header, tally)) {
      FaceArchiveWriter writer = target.writer();
      List<ArchiveInput> files = inputs.files();
      int done = target.filesDone();
      if (done > 0) {
        progress.fileDone(done, files.size(), writer.faces());
      }
      Deque<Future<Extracted>> inFlight = new ArrayDeque<>();
      for (int submitted = done; done < files.size(); done++) {
        while (submitted < files.size() && inFlight.size() <= options.threads()) {
          ArchiveInput file = files.get(submitted++);
          inFlight.add(workers.submit(() -> extractByIdle(file)));
        }
        write(await(inFlight.remove()), writer, tally);
        progress.fileDone(done + 1, files.size(), writer.faces());
      }
      writer.finish();
    }
    return tally.summary();
  }

  private static void write(Extracted extracted, FaceArchiveWriter writer, ExportTally tally)
      throws IOException {
    for (FaceFrame frame : extracted.frames()) {
      FaceLabel label = extracted.file().labelOf(frame.getTrackId());
      ArchivedFace.Builder face = ArchivedFace.newBuilder().setFrame(frame).setLabel(label);
      Photograph photograph = extracted.photographs().get(frame.getSeq());
      if (photograph != null) {
        face.setPhotograph(photograph);
      }
      writer.write(face.build());
      tally.countFace(face.build());
    }
    ArchivedFile file =
        ArchivedFile.newBuilder()
            .setSource(extracted.file().name())
            .setFaces(extracted.frames().size())
            .setFailure(extracted.result().failure())
            .setMessage(extracted.result().failureMessage())
            .build();
    writer.completeFile(file);
    tally.countFile(file);
  }

  private static Extracted await(Future<Extracted> future)
      throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException("the extraction failed: " + e.getCause(), e.getCause());
    }
  }

  private Extracted extractByIdle(ArchiveInput file) throws InterruptedException {
    FaceExtractor extractor = idle.take();
    try {
      return extract(extractor, file);
    } catch (CancellationException e) {
      throw e; // the export has ended already
    } catch (RuntimeException e) {
      LOG.error("the extraction of {} failed", file.name(), e);
      return new Extracted(
          file,
          ExtractionResult.failed(FailureReason.EXTRACTION_FAILED, e.toString()),
          List.of(),
          Map.of());
    } finally {
      idle.add(extractor);
    }
  }

  private Extracted extract(FaceExtractor extractor, ArchiveInput file) {
    List<FaceFrame> frames = new ArrayList<>();
    try (LocalCopy copy = file.source().awaitLocalCopy()) {
      ExtractionResult result = extract(extractor, file, copy.path(), frames);
      return result.isFailed()
          ? new Extracted(file, result, List.of(), Map.of())
          : new Extracted(file, result, frames, kept.of(file, copy.path(), frames));
    } catch (IOException e) { // not of the extraction, which has none
      return new Extracted(
          file,
          ExtractionResult.failed(FailureReason.SOURCE_MISSING, e.getMessage()),
          List.of(),
          Map.of());
    }
  }

  private ExtractionResult extract(
      FaceExtractor extractor, ArchiveInput file, Path path, List<FaceFrame> frames) {
    return file.photograph()
        ? new PhotographExtractor(extractor, !options.allFacesOfPhotographs())
            .extract(path, file.name(), ATTEMPT, kept.faces(file), frames::add)
        : extractor.extract(path, file.name(), ATTEMPT, frames::add);
  }
}
