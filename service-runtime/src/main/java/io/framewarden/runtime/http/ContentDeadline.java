package io.framewarden.runtime.http;

import io.javalin.http.Context;
import java.util.Optional;

/** The time in which all content of a request must have come, or its connection is closed. */
@FunctionalInterface
public interface ContentDeadline {
  /** Lifts the deadline: from now on the route itself sees to it that content comes. */
  void lift();

  /** The deadline of a request; one without content has none to speak of. */
  static ContentDeadline of(Context context) {
    return Optional.<ContentDeadline>ofNullable(context.attribute(ContentDeadline.class.getName()))
        .orElse(() -> {});
  }
}
