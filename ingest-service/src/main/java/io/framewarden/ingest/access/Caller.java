package io.framewarden.ingest.access;

/**
 * Who makes a request.
 *
 * @param name of the token; the submitter of what is uploaded with it
 * @param role what it may do
 */
public record Caller(String name, Role role) {

  /** Whoever reaches an open server that listens on loopback alone. */
  public static final Caller LOCAL = new Caller("http", Role.ADMIN);

  public boolean mayUpload() {
    return role != Role.MODERATOR;
  }

  /** Whether it may see what this submitter handed in. */
  public boolean maySee(String submitter) {
    return role != Role.UPLOADER || name.equals(submitter);
  }

  /** Whether it may decide on the verdicts that it sees. */
  public boolean mayDecide() {
    return role != Role.UPLOADER;
  }

  /** Whether it may delete what this submitter handed in. */
  public boolean mayDelete(String submitter) {
    return role == Role.ADMIN || (role == Role.UPLOADER && name.equals(submitter));
  }
}
