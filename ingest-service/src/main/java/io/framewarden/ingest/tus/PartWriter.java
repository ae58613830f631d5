package io.framewarden.ingest.tus;

import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Writes parts to the end of an upload's data. The caller holds the upload's lock. */
final class PartWriter {
  private static final int BUFFER_BYTES = 1 << 16;

  private final StagingFolder folder;

  PartWriter(StagingFolder folder) {
    this.folder = folder;
  }

  /**
   * Appends a part to an upload that is not whole.
   *
   * @param at the upload's offset
   * @throws ApiException when the part is longer than what is missing, or its checksum another;
   *     nothing of it counts then
   * @throws io.framewarden.runtime.store.StoreFullException when there is no room for it
   */
  void append(StagedUpload upload, long at, UploadChecksum checksum, InputStream part)
      throws ApiException, IOException {
    try (FileChannel data = FileChannel.open(folder.data(upload.id()), StandardOpenOption.WRITE)) {
      data.truncate(at); // a crash may have left bytes that were never checked
      data.position(at);
      folder.save(upload.checkedTo(checksum != null ? at : -1));
      boolean good = false;
      boolean refused = false;
      try {
        copy(upload, checksum, part, data);
        good = true;
      } catch (ApiException e) {
        refused = true; // with its first bytes the upload could be whole, and its sender gone
        throw e;
      } finally {
        if (refused || (!good && checksum != null)) {
          data.truncate(at);
        }
        data.force(true);
      }
    }
    if (checksum != null) {
      folder.save(upload.checkedTo(-1));
    }
  }

  /** Refuses content for an upload that is whole. */
  static void requireEnd(StagedUpload upload, InputStream part) throws ApiException, IOException {
    if (part.read() >= 0) {
      throw tooLong(upload);
    }
  }

  private static ApiException tooLong(StagedUpload upload) {
    return new ApiException(
        ProblemType.TOO_LARGE,
        "the upload was announced with "
            + upload.length()
            + " bytes, and more came; nothing of this part was kept");
  }

  private void copy(
      StagedUpload upload, UploadChecksum checksum, InputStream part, FileChannel data)
      throws ApiException, IOException {
    folder.space().require(0);
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read = part.read(buffer); read >= 0; read = part.read(buffer)) {
      int fits = (int) Math.min(read, upload.length() - data.position());
      folder.space().requireWhileWriting(data.position(), fits);
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, fits);
      while (bytes.hasRemaining()) {
        data.write(bytes);
      }
      if (fits < read) {
        throw tooLong(upload);
      }
      if (checksum != null) {
        checksum.update(buffer, read);
      }
    }
    if (checksum != null && !checksum.matches()) {
      throw new ApiException(
          ProblemType.CHECKSUM_MISMATCH,
          "the content has another checksum than announced; it was dropped, send it again");
    }
  }
}
