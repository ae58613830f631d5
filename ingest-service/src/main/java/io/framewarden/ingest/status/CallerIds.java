package io.framewarden.ingest.status;

import io.framewarden.v1.CallerReference;
import io.framewarden.v1.VideoUpload;

/**
 * The ids by which a submitter tells its videos apart: each combination of them gets a verdict of
 * its own. The rest of a {@link CallerReference} is a note.
 */
public record CallerIds(String externalId, String user, String post) {
  public static CallerIds of(CallerReference reference) {
    return new CallerIds(reference.getExternalId(), reference.getUser(), reference.getPost());
  }

  public static CallerIds of(VideoUpload upload) {
    return of(upload.getReference());
  }
}
