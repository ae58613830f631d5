package io.framewarden.ingest.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.ingest.submission.ApiException;
import io.framewarden.ingest.submission.ReferenceBuilder;
import io.framewarden.v1.CallerReference;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;

/** What a request calls its video in the words of the caller's system. Stateless. */
final class ReferenceReader {
  private ReferenceReader() {}

  /** What the query says. */
  static CallerReference query(Context context) throws ApiException {
    ReferenceBuilder reference = new ReferenceBuilder();
    for (Map.Entry<String, List<String>> parameter : context.queryParamMap().entrySet()) {
      if (ReferenceBuilder.isPart(parameter.getKey())) {
        if (parameter.getValue().size() > 1) {
          throw RequestReader.malformed(parameter.getKey() + " is given more than once");
        }
        reference.add(parameter.getKey(), parameter.getValue().get(0));
      }
    }
    return reference.build();
  }

  /** What a JSON object says; names are those of query parameters, or those of the answer. */
  static CallerReference json(JsonNode body) throws ApiException {
    ReferenceBuilder reference = new ReferenceBuilder();
    String id = body.has("externalId") ? "externalId" : ReferenceBuilder.EXTERNAL_ID;
    reference.add(ReferenceBuilder.EXTERNAL_ID, text(body, id));
    reference.add(ReferenceBuilder.USER, text(body, ReferenceBuilder.USER));
    reference.add(ReferenceBuilder.POST, text(body, ReferenceBuilder.POST));
    JsonNode metadata = body.path("metadata");
    if (!metadata.isObject() && !metadata.isMissingNode() && !metadata.isNull()) {
      throw RequestReader.malformed("metadata must be an object of strings");
    }
    for (Map.Entry<String, JsonNode> entry : metadata.properties()) {
      if (!entry.getValue().isTextual()) {
        throw RequestReader.malformed("metadata must be an object of strings");
      }
      reference.add(ReferenceBuilder.METADATA + entry.getKey(), entry.getValue().asText());
    }
    return reference.build();
  }

  private static String text(JsonNode body, String name) throws ApiException {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isTextual()) {
      throw RequestReader.malformed(name + " must be a string");
    }
    return value.asText();
  }
}
