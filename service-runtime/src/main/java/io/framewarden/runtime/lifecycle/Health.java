package io.framewarden.runtime.lifecycle;

/**
 * How a service is.
 *
 * @param state where it is in its life
 * @param detail for people: what it waits for, why it failed, or how it does what it does
 */
public record Health(State state, String detail) {

  /** Where a service is in its life. */
  public enum State {
    STARTING,
    READY,
    FAILED
  }

  public static Health starting(String waitsFor) {
    return new Health(State.STARTING, waitsFor);
  }

  public static Health ready() {
    return new Health(State.READY, "");
  }

  /** Ready, with something that an operator should see all the same. */
  public static Health ready(String how) {
    return new Health(State.READY, how);
  }

  public static Health failed(String why) {
    return new Health(State.FAILED, why);
  }

  public boolean isReady() {
    return state == State.READY;
  }

  public boolean isFailed() {
    return state == State.FAILED;
  }
}
