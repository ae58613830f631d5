package io.framewarden.ingest.tus;

import io.framewarden.extraction.ffmpeg.ContainerSignature;
import io.framewarden.ingest.access.StorageQuota;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.LimitedInputStream;
import io.framewarden.ingest.submission.ProblemType;
import io.framewarden.ingest.submission.Submission;
import io.framewarden.ingest.submission.SubmissionResult;
import io.framewarden.ingest.submission.SubmissionService;
import io.framewarden.ingest.submission.UploadRefusedException;
import io.framewarden.runtime.store.FreeSpace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploads in parts. What has come is on disk before it is acknowledged. Whole content is handed in
 * as any other upload; where that fails it is kept and tried again. Safe for several threads.
 */
public final class ResumableUploads {
  private static final Logger LOG = LoggerFactory.getLogger(ResumableUploads.class);
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofMinutes(1);
  private static final int MAX_UNFINISHED = 10_000;

  private final StagingFolder folder;
  private final StagingConfig config;
  private final SubmissionService submissions;
  private final StorageQuota quota;
  private final Clock clock;
  private final PartWriter writer;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
  private final Map<String, StorageQuota.Claim> claims = new ConcurrentHashMap<>();

  /**
   * Takes up what an earlier process left in the folder, on whose disk the given space is.
   *
   * @throws IOException when the folder cannot be used
   */
  public ResumableUploads(
      StagingConfig config,
      SubmissionService submissions,
      StorageQuota quota,
      Clock clock,
      FreeSpace space)
      throws IOException {
    this.config = config;
    this.folder = new StagingFolder(config.folder(), space);
    this.submissions = submissions;
    this.quota = quota;
    this.clock = clock;
    this.writer = new PartWriter(folder);
    folder.deleteOrphans();
    for (String id : folder.ids()) {
      folder.find(id).filter(upload -> !upload.isHandedIn()).ifPresent(this::claim);
    }
  }

  /** How many are unfinished. */
  public int unfinished() {
    return claims.size();
  }

  /**
   * Begins an upload.
   *
   * @param submission of a fresh id
   * @throws ApiException when it is too large, by itself or for the quota or the disk
   * @throws UploadRefusedException when it is empty
   */
  public UploadStatus create(Submission submission, long length)
      throws ApiException, UploadRefusedException, IOException {
    if (length == 0) {
      throw submissions.refuse(ContainerSignature.EMPTY);
    }
    if (length > config.maxBytes()) {
      throw new ApiException(
          ProblemType.TOO_LARGE,
          "the file has more than the %d bytes allowed; upload a smaller version"
              .formatted(config.maxBytes()));
    }
    if (length > folder.space().bytes()) {
      throw new ApiException(
          ProblemType.STORAGE_FULL, "the server has no room for this file now; try again later");
    }
    if (claims.size() >= MAX_UNFINISHED) {
      throw new ApiException(
          ProblemType.BUSY, "too many uploads are unfinished; try again later", RETRY_AFTER);
    }
    StagedUpload upload = new StagedUpload(submission, length, -1, "");
    if (!claim(upload)) {
      throw LimitedInputStream.quotaExceeded();
    }
    boolean created = false;
    try {
      folder.create(upload);
      created = true;
    } finally {
      if (!created) {
        forget(upload.id());
      }
    }
    return status(upload);
  }

  /** Where an upload is; empty when there is none. One that has expired may still be found. */
  public Optional<UploadStatus> find(String id) throws IOException {
    Optional<StagedUpload> upload = folder.find(id);
    return upload.isEmpty() ? Optional.empty() : Optional.of(status(upload.get()));
  }

  /** Refuses an upload that may not be gone on with. */
  public void checkExpiry(UploadStatus status) throws ApiException {
    if (status.expires().isBefore(clock.instant())) {
      throw new ApiException(
          ProblemType.EXPIRED,
          "nothing came for " + config.expiry().toHours() + " hours; begin the upload anew");
    }
  }

  /**
   * Appends a part, and hands the upload in when it is whole.
   *
   * @param offset where the sender believes the upload to be
   * @param checksum of the part; null for none
   * @param part read up to the upload's length
   * @throws ApiException when the part does not belong there, is damaged or too long; nothing of it
   *     counts then
   * @throws UploadRefusedException when the content cannot be a video; it is removed then
   * @throws IOException when reading or writing failed; what was written counts, unless the part
   *     has a checksum
   */
  public UploadStatus append(String id, long offset, UploadChecksum checksum, InputStream part)
      throws ApiException, UploadRefusedException, IOException {
    ReentrantLock lock = lock(id);
    try {
      StagedUpload upload = require(id);
      long at = folder.offset(upload);
      if (offset != at) {
        throw new ApiException(
            ProblemType.OFFSET_MISMATCH, "the upload is at offset " + at + ", not " + offset);
      }
      if (at < upload.length()) {
        writer.append(upload, at, checksum, part);
        upload = upload.checkedTo(-1);
        refuseNoVideo(upload, at);
      }
      upload = finishIfWhole(upload);
      if (at == upload.length()) {
        PartWriter.requireEnd(upload, part);
      }
      return status(upload);
    } finally {
      lock.unlock();
    }
  }

  /** Removes an upload and what came of it. What was handed in already is a video. */
  public void terminate(String id) throws ApiException, IOException {
    ReentrantLock lock = lock(id);
    try {
      require(id);
      remove(id);
    } finally {
      lock.unlock();
    }
  }

  /** Hands in what is whole and still here, and removes what has expired. */
  public void sweep() throws IOException {
    for (String id : folder.ids()) {
      ReentrantLock lock = locks.computeIfAbsent(id, name -> new ReentrantLock());
      if (!lock.tryLock()) {
        continue; // somebody is writing to it
      }
      try {
        Optional<StagedUpload> upload = folder.find(id);
        if (upload.isPresent()) {
          sweep(upload.get());
        }
      } catch (UploadRefusedException e) {
        LOG.info("upload {} is refused: {}", id, e.getMessage());
      } catch (IOException e) {
        LOG.warn("upload {} waits: {}", id, e.getMessage());
      } finally {
        lock.unlock();
      }
    }
  }

  private void sweep(StagedUpload upload) throws IOException, UploadRefusedException {
    if (status(upload).expires().isBefore(clock.instant())) {
      LOG.info("upload {} of {} has expired", upload.id(), upload.submission().submitter());
      remove(upload.id());
    } else {
      finishIfWhole(upload);
    }
  }

  private StagedUpload finishIfWhole(StagedUpload upload)
      throws IOException, UploadRefusedException {
    if (upload.isHandedIn() || folder.offset(upload) < upload.length()) {
      return upload;
    }
    SubmissionResult result;
    try (InputStream content = Files.newInputStream(folder.data(upload.id()))) {
      result = submissions.submit(upload.submission(), content);
    } catch (UploadRefusedException e) {
      remove(upload.id());
      throw e;
    }
    StagedUpload done = upload.became(result.upload().getVideoId());
    folder.save(done); // stays until it expires, for a sender that lost the answer
    folder.deleteData(upload.id());
    forget(upload.id());
    return done;
  }

  /** As soon as there is enough of it to tell: the rest need not come. */
  private void refuseNoVideo(StagedUpload upload, long before)
      throws IOException, UploadRefusedException {
    long offset = folder.offset(upload);
    Optional<ContainerSignature> refused =
        FirstBytes.refused(folder.data(upload.id()), before, offset, upload.length());
    if (refused.isPresent()) {
      remove(upload.id());
      throw submissions.refuse(refused.get());
    }
  }

  private StagedUpload require(String id) throws ApiException, IOException {
    StagedUpload upload =
        folder
            .find(id)
            .orElseThrow(
                () -> new ApiException(ProblemType.UNKNOWN_UPLOAD, "no upload has the id given"));
    checkExpiry(status(upload));
    return upload;
  }

  private UploadStatus status(StagedUpload upload) throws IOException {
    Instant expires = folder.lastWritten(upload).plus(config.expiry());
    return new UploadStatus(upload, folder.offset(upload), expires);
  }

  private ReentrantLock lock(String id) throws ApiException, IOException {
    if (folder.find(id).isEmpty()) { // no lock for every id that somebody makes up
      throw new ApiException(ProblemType.UNKNOWN_UPLOAD, "no upload has the id given");
    }
    ReentrantLock lock = locks.computeIfAbsent(id, name -> new ReentrantLock());
    try {
      if (lock.tryLock(LOCK_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return lock;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new ApiException(
        ProblemType.LOCKED,
        "another request writes to this upload; ask for its offset and go on",
        LOCK_TIMEOUT);
  }

  private boolean claim(StagedUpload upload) {
    StorageQuota.Claim claim = quota.claim(upload.submission().submitter());
    if (!claim.growTo(upload.length())) {
      return false;
    }
    claims.put(upload.id(), claim);
    return true;
  }

  private void remove(String id) throws IOException {
    folder.delete(id);
    forget(id);
    locks.remove(id);
  }

  private void forget(String id) {
    StorageQuota.Claim claim = claims.remove(id);
    if (claim != null) {
      claim.close();
    }
  }
}
