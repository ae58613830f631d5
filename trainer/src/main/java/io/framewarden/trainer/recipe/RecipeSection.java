package io.framewarden.trainer.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.framewarden.trainer.recipe.YamlTree.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One section of a recipe: the components of a record by their names in kebab case. Each key that
 * is given is tried on its own, on the defaults, so that every mistake is found and gets its line;
 * the record's own constructor says what is in range.
 */
final class RecipeSection {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.KEBAB_CASE)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .build();

  private final String name;
  private final List<String> problems;

  /**
   * @param problems where mistakes are added
   */
  RecipeSection(String name, List<String> problems) {
    this.name = name;
    this.problems = problems;
  }

  /**
   * The defaults with the keys that are given.
   *
   * @param node null for a section that the file leaves out
   */
  <T extends Record> T read(Node node, T defaults) {
    if (node == null) {
      return defaults;
    }
    ObjectNode standard = MAPPER.valueToTree(defaults);
    ObjectNode wanted = standard.deepCopy();
    Class<T> type = type(defaults);
    int before = problems.size();
    for (Entry entry : YamlTree.entries(node)) {
      take(entry, standard, wanted, type);
    }
    return problems.size() > before ? defaults : whole(node, wanted, type).orElse(defaults);
  }

  private <T extends Record> void take(
      Entry entry, ObjectNode standard, ObjectNode wanted, Class<T> type) {
    if (!standard.has(entry.key())) {
      List<String> known = new ArrayList<>();
      standard.fieldNames().forEachRemaining(known::add);
      problem(entry.line(), "there is no " + path(entry.key()) + "; it may be one of " + known);
      return;
    }
    JsonNode value = YamlTree.json(entry.value());
    ObjectNode alone = standard.deepCopy();
    alone.set(entry.key(), value);
    try {
      MAPPER.treeToValue(alone, type);
      wanted.set(entry.key(), value);
    } catch (JsonMappingException e) {
      problem(entry.line(), reason(entry.key(), value, standard.get(entry.key()), e));
    } catch (JsonProcessingException e) {
      problem(entry.line(), path(entry.key()) + ": " + e.getOriginalMessage());
    }
  }

  /** What is wrong only in company of another key. */
  private <T extends Record> Optional<T> whole(Node node, ObjectNode wanted, Class<T> type) {
    try {
      return Optional.of(MAPPER.treeToValue(wanted, type));
    } catch (JsonProcessingException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      problem(YamlTree.line(node), name + ": " + cause.getMessage());
      return Optional.empty();
    }
  }

  private String reason(String key, JsonNode value, JsonNode standard, JsonMappingException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IllegalArgumentException range) {
        return path(key) + ": " + range.getMessage();
      }
    }
    String kind =
        switch (standard.getNodeType()) {
          case NUMBER -> standard.isIntegralNumber() ? "a whole number" : "a number";
          case BOOLEAN -> "true or false";
          case ARRAY -> "a list, as in [a, b]";
          case OBJECT -> "keys with numbers, as in {a: 1, b: 2}";
          default -> "one of the words that the documentation lists, as " + standard;
        };
    return "%s must be %s, not %s".formatted(path(key), kind, value);
  }

  private String path(String key) {
    return name + "." + key;
  }

  private void problem(int line, String what) {
    problems.add("line " + line + ": " + what);
  }

  @SuppressWarnings("unchecked") // an object's class is the class of its type
  private static <T> Class<T> type(T value) {
    return (Class<T>) value.getClass();
  }
}
