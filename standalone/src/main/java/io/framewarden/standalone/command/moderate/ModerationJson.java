package io.framewarden.standalone.command.moderate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.schemas.text.VisibleText;

/** One JSON object a line: {@code {"file", "verdict"}} or {@code {"file", "refused"}}. */
public final class ModerationJson {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModerationJson() {}

  public static String line(ModerationResult moderated) {
    ObjectNode object = JSON.createObjectNode();
    object.put("file", moderated.file());
    if (moderated instanceof ModerationResult.Judged judged) {
      object.putRawValue("verdict", new RawValue(ProtoJson.line(judged.verdict())));
    } else if (moderated instanceof ModerationResult.Refused refused) {
      object
          .putObject("refused")
          .put("reason", refused.reason().name())
          .put("message", refused.message());
    }
    return VisibleText.of(object.toString());
  }
}
