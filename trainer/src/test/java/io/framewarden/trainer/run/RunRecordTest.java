package io.framewarden.trainer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.runtime.command.UserError;
import io.framewarden.trainer.did.DomainBranch;
import io.framewarden.trainer.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecordTest {
  @TempDir Path folder;

  @Test
  void givesBackWhatWasWritten() throws IOException {
    RunRecord record = record();
    record.write(folder);
    assertEquals(record, RunRecord.read(folder));
  }

  @Test
  void aRecordWithoutItsOtherSettingsIsRefused() throws IOException {
    record().write(folder);
    replace("\"highPass\" : true,", "");
    UserError refusal = assertThrows(UserError.class, () -> RunRecord.read(folder));
    assertTrue(refusal.getMessage().contains("highPass"), refusal.getMessage());
  }

  @Test
  void settingsThatCameLaterAreAsTheyWereBefore() throws IOException {
    RunRecord record = record();
    record.write(folder);
    replace("\"betaOn\" : \"FEATURES\",", "");
    replace("\"sampling\" : \"BALANCED\",", "");
    replace("\"domainBranch\" : \"ATTENTION\"", "\"domainAttention\" : true");
    assertEquals(record, RunRecord.read(folder));
    replace("\"domainAttention\" : true", "\"domainAttention\" : false");
    assertEquals(
        DomainBranch.NONE, RunRecord.read(folder).recipe().training().network().domainBranch());
  }

  private static RunRecord record() {
    return new RunRecord(
        List.of("faces.fwa"),
        "digest",
        List.of("splice"),
        Recipe.small(),
        new RunRecord.Pretrained("resnet18.safetensors", "0123"));
  }

  private void replace(String part, String by) throws IOException {
    Path file = folder.resolve("run.json");
    String text = Files.readString(file);
    assertTrue(text.contains(part), text);
    Files.writeString(file, text.replace(part, by));
  }
}
