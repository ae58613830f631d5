package io.framewarden.detector.engine.tensorrt;

import io.framewarden.detector.engine.InferenceException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.bytedeco.javacpp.Pointer;

/** TensorRT's objects, which are destroyed in the reverse of the order they were made in. */
final class NativeResources implements AutoCloseable {
  private final BuilderLog log;
  private final Deque<Runnable> owned = new ArrayDeque<>();

  NativeResources(BuilderLog log) {
    this.log = log;
  }

  /**
   * Takes over an object that TensorRT created.
   *
   * @throws InferenceException with TensorRT's last errors when it made none
   */
  <T extends Pointer> T own(T made, Consumer<T> destroy, String what) {
    if (made == null || made.isNull()) {
      throw new InferenceException("TensorRT cannot create " + what + ": " + log.errors());
    }
    owned.push(() -> destroy.accept(made));
    return made;
  }

  @Override
  public void close() {
    while (!owned.isEmpty()) {
      owned.pop().run();
    }
  }
}
