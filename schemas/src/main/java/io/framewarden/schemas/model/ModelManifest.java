package io.framewarden.schemas.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.framewarden.v1.PixelFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What {@code manifest.json} says of a model. Immutable.
 *
 * @param formatVersion {@value #FORMAT_VERSION}
 * @param name the model's name, the key on the model-releases topic
 * @param version free text, unique for a name
 * @param description for people: what this model is and is not good for
 * @param notDetected what it is known not to detect, for people, as in "talking heads made from one
 *     photograph"; empty where nothing is known
 * @param input the contract of the ONNX graph's input
 * @param extractionDigest digest of the recipe that made the training faces; of several that of the
 *     first archive
 * @param extractionRecipe that recipe, for people
 * @param extractions further recipes whose faces the model may score, with its figures on them
 * @param calibration from logit to probability
 * @param operatingPoints named thresholds on the calibrated probability
 * @param training where the model comes from
 * @param metrics held-out metrics by name, e.g. {@code heldout.auc}
 * @param golden the parity gate's inputs and expected logits
 * @param files sha256 (lower-case hex) of every file in the folder but the manifest, by relative
 *     path with forward slashes
 */
public record ModelManifest(
    int formatVersion,
    String name,
    String version,
    String description,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) String notDetected,
    Input input,
    String extractionDigest,
    JsonNode extractionRecipe,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Extraction> extractions,
    Calibration calibration,
    List<OperatingPoint> operatingPoints,
    Training training,
    Map<String, Double> metrics,
    Golden golden,
    Map<String, String> files) {

  /** The only manifest format. */
  public static final int FORMAT_VERSION = 1;

  /**
   * A builder without any value. A manifest without {@code golden} and {@code files} is a draft,
   * which {@link ModelArtifact#write} completes.
   */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds all values of this manifest. */
  public Builder toBuilder() {
    return new Builder()
        .name(name)
        .version(version)
        .description(description)
        .notDetected(notDetected)
        .input(input)
        .extraction(extractionDigest, extractionRecipe)
        .extractions(extractions)
        .calibration(calibration)
        .operatingPoints(operatingPoints)
        .training(training)
        .metrics(metrics)
        .golden(golden)
        .files(files);
  }

  /** Digests of all recipes whose faces the model may score, its training's first. */
  public List<String> extractionDigests() {
    return Stream.concat(Stream.of(extractionDigest), extractions.stream().map(Extraction::digest))
        .toList();
  }

  /** Whether faces that this recipe made may be scored: there are figures for them. */
  public boolean accepts(String digest) {
    return extractionDigest.equals(digest)
        || extractions.stream().anyMatch(extraction -> extraction.digest().equals(digest));
  }

  /**
   * An extraction recipe beside the first that the model was trained on.
   *
   * @param digest of the recipe
   * @param recipe itself, for people
   * @param metrics of the model on faces that this recipe made, by the same names as the model's
   *     own; empty where it was trained on such faces and nobody was left to evaluate on
   */
  public record Extraction(String digest, JsonNode recipe, Map<String, Double> metrics) {}

  /**
   * The input tensor: float32 of shape (N, channels, height, width), values 0..255; the graph
   * normalises them.
   *
   * @param name of the tensor in the graph
   * @param width in pixels
   * @param height in pixels
   * @param format {@code gray8}, which a manifest without one means, or {@code rgb8}
   */
  public record Input(String name, int width, int height, String format) {
    /** An input of gray faces. */
    public Input(String name, int width, int height) {
      this(name, width, height, FaceShape.name(PixelFormat.GRAY8));
    }

    /** An input of faces of a shape. */
    public Input(String name, FaceShape shape) {
      this(name, shape.width(), shape.height(), FaceShape.name(shape.format()));
    }

    /**
     * The faces that the graph takes.
     *
     * @throws IllegalArgumentException for a format or size that no face has
     */
    @JsonIgnore
    public FaceShape shape() {
      return new FaceShape(width, height, FaceShape.format(format));
    }
  }

  /**
   * Thresholds on P(fake): FAKE at or above {@code fakeAt}, REAL below {@code realBelow}, UNCERTAIN
   * between; 0 &lt;= realBelow &lt;= fakeAt &lt;= 1.
   */
  public record OperatingPoint(String name, double fakeAt, double realBelow) {
    /** Stands in for the thresholds that there was nobody to choose on; it promises nothing. */
    public static final OperatingPoint UNCALIBRATED = new OperatingPoint("uncalibrated", 0.5, 0.5);

    /** Whether the thresholds were chosen for what they do to real faces. */
    public boolean calibrated() {
      return !name.equals(UNCALIBRATED.name);
    }
  }

  /**
   * Where a model comes from.
   *
   * @param data what it was trained on, with licences, for people
   * @param domains forgery methods in the training data
   * @param heldOutDomains forgery methods that only the evaluation saw
   * @param samples training faces seen, epochs counted
   * @param seed seed of the run
   * @param recipe every setting of the run
   */
  public record Training(
      String data,
      List<String> domains,
      List<String> heldOutDomains,
      long samples,
      long seed,
      JsonNode recipe) {}

  /**
   * The golden faces and the logits that they must get.
   *
   * @param faces file of {@code count} faces of the input's shape, one after another
   * @param logits file with a JSON array of {@code count} expected logits
   * @param count how many faces
   */
  public record Golden(String faces, String logits, int count) {}

  /** Builds a manifest of format {@value #FORMAT_VERSION}. Not safe for several threads. */
  public static final class Builder {
    private String name;
    private String version;
    private String description;
    private String notDetected = "";
    private Input input;
    private String extractionDigest;
    private JsonNode extractionRecipe;
    private List<Extraction> extractions = List.of();
    private Calibration calibration;
    private List<OperatingPoint> operatingPoints;
    private Training training;
    private Map<String, Double> metrics;
    private Golden golden;
    private Map<String, String> files;

    private Builder() {}

    public Builder name(String text) {
      name = text;
      return this;
    }

    public Builder version(String text) {
      version = text;
      return this;
    }

    public Builder description(String text) {
      description = text;
      return this;
    }

    /** Sets what the model is known not to detect; without this nothing is known. */
    public Builder notDetected(String text) {
      notDetected = text;
      return this;
    }

    public Builder input(Input contract) {
      input = contract;
      return this;
    }

    /** Sets the digest of the extraction recipe and the recipe itself. */
    public Builder extraction(String digest, JsonNode recipe) {
      extractionDigest = digest;
      extractionRecipe = recipe;
      return this;
    }

    /** Sets the further recipes; without this there are none. */
    public Builder extractions(List<Extraction> further) {
      extractions = further;
      return this;
    }

    public Builder calibration(Calibration mapping) {
      calibration = mapping;
      return this;
    }

    public Builder operatingPoints(List<OperatingPoint> points) {
      operatingPoints = points;
      return this;
    }

    public Builder training(Training origin) {
      training = origin;
      return this;
    }

    public Builder metrics(Map<String, Double> byName) {
      metrics = byName;
      return this;
    }

    public Builder golden(Golden expected) {
      golden = expected;
      return this;
    }

    public Builder files(Map<String, String> digests) {
      files = digests;
      return this;
    }

    /** The manifest; what was not set is null and is refused by {@link ModelArtifact#open}. */
    public ModelManifest build() {
      return new ModelManifest(
          FORMAT_VERSION,
          name,
          version,
          description,
          notDetected,
          input,
          extractionDigest,
          extractionRecipe,
          extractions,
          calibration,
          operatingPoints,
          training,
          metrics,
          golden,
          files);
    }
  }
}
