package io.framewarden.trainer.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** YAML nodes that still know their lines, and the JSON values in them. */
final class YamlTree {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** A key of a mapping with its value. */
  record Entry(String key, int line, Node value) {}

  private YamlTree() {}

  /** The entries of a mapping in their order; none of anything else. */
  static List<Entry> entries(Node node) {
    List<Entry> entries = new ArrayList<>();
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        Node key = tuple.getKeyNode();
        String name = key instanceof ScalarNode scalar ? scalar.getValue() : "?";
        entries.add(new Entry(name, line(key), tuple.getValueNode()));
      }
    }
    return entries;
  }

  static boolean isMapping(Node node) {
    return node instanceof MappingNode;
  }

  /** From 1. */
  static int line(Node node) {
    return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
  }

  /** The node as a JSON value. */
  static JsonNode json(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar(scalar);
    }
    if (node instanceof SequenceNode sequence) {
      ArrayNode array = JSON.arrayNode();
      sequence.getValue().forEach(item -> array.add(json(item)));
      return array;
    }
    var object = JSON.objectNode();
    entries(node).forEach(entry -> object.set(entry.key(), json(entry.value())));
    return object;
  }

  private static JsonNode scalar(ScalarNode scalar) {
    String text = scalar.getValue();
    Tag tag = scalar.getTag();
    if (tag.equals(Tag.INT)) {
      return JSON.numberNode(Long.parseLong(text));
    }
    if (tag.equals(Tag.FLOAT)) {
      return JSON.numberNode(number(text));
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    return tag.equals(Tag.NULL) ? JSON.nullNode() : JSON.textNode(text);
  }

  /** YAML spells what is no number in its own way: .nan, -.inf. */
  private static double number(String text) {
    String plain = text.replace(".inf", "Infinity").replace(".nan", "NaN");
    return Double.parseDouble(plain.replace(".Inf", "Infinity").replace(".NaN", "NaN"));
  }
}
