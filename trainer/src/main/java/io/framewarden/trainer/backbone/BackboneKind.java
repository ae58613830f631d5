package io.framewarden.trainer.backbone;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The architectures that a network's backbone can have, by the names they were published under. */
public enum BackboneKind {
  /** ResNet-18, of any width. */
  RESNET_18("resnet18"),
  /** ResNet-34, of any width. */
  RESNET_34("resnet34");

  private final String published;

  BackboneKind(String published) {
    this.published = published;
  }

  /** The kind of a name, as commands and recipes write it. */
  @JsonCreator
  public static BackboneKind of(String published) {
    return Arrays.stream(values())
        .filter(kind -> kind.published.equals(published))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "No backbone is called " + published + "; there are " + names()));
  }

  private static String names() {
    return Arrays.stream(values()).map(kind -> kind.published).collect(Collectors.joining(", "));
  }

  /** The published name, which commands, recipes and checkpoints use. */
  @JsonValue
  @Override
  public String toString() {
    return published;
  }
}
