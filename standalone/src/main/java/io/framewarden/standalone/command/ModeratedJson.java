package io.framewarden.standalone.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.schemas.text.VisibleText;

/** One JSON object a line: {@code {"file", "verdict"}} or {@code {"file", "refused"}}. */
final class ModeratedJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModeratedJson() {}

  static String line(Moderated moderated) {
    ObjectNode object = JSON.createObjectNode();
    object.put("file", moderated.file());
    if (moderated instanceof Moderated.Judged judged) {
      object.putRawValue("verdict", new RawValue(ProtoJson.line(judged.verdict())));
    } else if (moderated instanceof Moderated.Refused refused) {
      object
          .putObject("refused")
          .put("reason", refused.reason().name())
          .put("message", refused.message());
    }
    return VisibleText.of(object.toString());
  }
}
