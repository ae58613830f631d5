package io.framewarden.ingest.sandbox.wire;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * How far a job has come.
 *
 * @param frames decoded so far
 * @param reachedUs the last one's time, in microseconds
 * @param claimedUs the duration that the container claims, 0 where it does not say
 */
public record JobProgress(long frames, long reachedUs, long claimedUs) {
  public void writeTo(DataOutputStream out) throws IOException {
    out.writeLong(frames);
    out.writeLong(reachedUs);
    out.writeLong(claimedUs);
  }

  public static JobProgress readFrom(DataInputStream in) throws IOException {
    return new JobProgress(in.readLong(), in.readLong(), in.readLong());
  }
}
