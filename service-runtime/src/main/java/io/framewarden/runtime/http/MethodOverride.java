package io.framewarden.runtime.http;

import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes {@code X-HTTP-Method-Override} away from the framework, which would run the route of any
 * method that it names, of a GET too: a link would delete. A route of POST may ask for it.
 */
public final class MethodOverride extends Handler.Wrapper {
  private static final String HEADER = "X-HTTP-Method-Override";
  private static final String ATTRIBUTE = MethodOverride.class.getName();

  MethodOverride() {}

  /** The method that a POST asks for instead; empty where it names none, or several. */
  public static Optional<String> of(Context context) {
    return Optional.ofNullable(context.attribute(ATTRIBUTE));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    List<String> asked = request.getHeaders().getValuesList(HEADER);
    if (asked.isEmpty()) {
      return super.handle(request, response, callback);
    }
    if (HttpMethod.POST.is(request.getMethod()) && asked.size() == 1) {
      request.setAttribute(ATTRIBUTE, asked.get(0));
    }
    HttpFields others = HttpFields.build(request.getHeaders()).remove(HEADER).asImmutable();
    Request plain =
        new Request.Wrapper(request) {
          @Override
          public HttpFields getHeaders() {
            return others;
          }
        };
    return super.handle(plain, response, callback);
  }
}
