package io.framewarden.standalone.command.moderate;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.framewarden.runtime.command.TextTable;
import io.framewarden.schemas.serde.ProtoJson;
import io.framewarden.schemas.text.VisibleText;
import io.framewarden.standalone.command.verdicts.VerdictText;
import java.util.List;

/** What {@code moderate} prints. */
public final class ModerationText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ModerationText() {}

  /** One JSON object on one line: {@code {"file", "verdict"}} or {@code {"file", "refused"}}. */
  public static String json(ModerationResult result) {
    ObjectNode object = JSON.createObjectNode();
    object.put("file", result.file());
    if (result instanceof ModerationResult.Judged judged) {
      object.putRawValue("verdict", new RawValue(ProtoJson.line(judged.verdict())));
    } else if (result instanceof ModerationResult.Refused refused) {
      object
          .putObject("refused")
          .put("reason", refused.reason().name())
          .put("message", refused.message());
    }
    return VisibleText.of(object.toString());
  }

  /** A table with one row a file. */
  public static String table(List<ModerationResult> results) {
    TextTable table =
        new TextTable("FILE", "VERDICT", "P(FAKE)", "FACES", "TRACKS", "SAMPLED", "LENGTH", "WHY");
    for (ModerationResult result : results) {
      if (result instanceof ModerationResult.Judged judged) {
        table.row(
            judged.file(),
            VerdictText.label(judged.verdict()),
            VerdictText.probability(judged.verdict()),
            VerdictText.faces(judged.verdict()),
            VerdictText.tracks(judged.verdict()),
            VerdictText.sampled(judged.verdict()),
            VerdictText.time(judged.verdict().getDurationUs()),
            VerdictText.why(judged.verdict()));
      } else if (result instanceof ModerationResult.Refused refused) {
        table.row(
            refused.file(),
            "REFUSED",
            "-",
            "-",
            "-",
            "-",
            "-",
            refused.reason() + ": " + refused.message());
      }
    }
    return table.render();
  }
}
