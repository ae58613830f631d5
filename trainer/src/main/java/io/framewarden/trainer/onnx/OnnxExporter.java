package io.framewarden.trainer.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import io.framewarden.trainer.backbone.Operations;
import io.framewarden.trainer.did.DidNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Writes the inference graph, G + A_df + C, of a trained network: T, A_dom and C_bar stay behind,
 * and so does a mask head that is not in the score.
 *
 * <p>Input {@value #INPUT}: float32 [N, 1, s, s], gray values 0..255. Outputs {@value #LOGIT}:
 * float32 [N], raw, the higher the more likely fake; {@value #ATTENTION}: float32 [N, h, w], M_df
 * averaged over channels, 0..1 (1 everywhere in the plain baseline). N is free. Batch normalisation
 * is folded into the convolutions; normalisation and high pass are nodes of the graph.
 */
public final class OnnxExporter {

  /** Name of the input. */
  public static final String INPUT = "faces";

  /** Name of the logits. */
  public static final String LOGIT = "logit";

  /** Name of the attention maps. */
  public static final String ATTENTION = "attention";

  private static final int OPSET = 17;

  /** The file format's version that came with the operator set. */
  private static final int IR_VERSION = 8;

  private OnnxExporter() {}

  /** What a graph computes of its input: one description of a network, read as nodes. */
  public interface Description {
    /**
     * @param input name of the input's value
     * @return the outputs
     */
    List<Output> describe(Operations<String> operations, String input);
  }

  /**
   * One output of a graph.
   *
   * @param value what the operations called it
   * @param name what it is called outside
   * @param shape after the batch's dimension
   */
  public record Output(String value, String name, List<Long> shape) {}

  /**
   * Writes a graph; the file is either not there, the old one, or the whole new one.
   *
   * @param network with warmed running statistics, that is, trained
   * @param faceSide side of the faces that the graph is to take, in pixels; where the network
   *     computes at another one, the graph brings them to it
   * @throws IOException if it cannot be written
   */
  public static void write(DidNetwork network, int faceSide, Path file) throws IOException {
    long mapSide = network.mapSide();
    write(
        file,
        "did",
        INPUT,
        faceSide,
        (operations, faces) -> {
          DidNetwork.Inference<String> outputs =
              network.describeInference(operations, network.backbone().maps(operations, faces));
          return List.of(
              new Output(outputs.logits(), LOGIT, List.of()),
              new Output(outputs.attention(), ATTENTION, List.of(mapSide, mapSide)));
        });
  }

  /**
   * Writes the graph of another network on square gray images.
   *
   * @param name of the graph
   * @param input name of the input, float32 [N, 1, side, side], gray values 0..255
   * @param description of a network with warmed running statistics
   * @throws IOException if it cannot be written
   */
  public static void write(Path file, String name, String input, long side, Description description)
      throws IOException {
    GraphWriter graph = new GraphWriter();
    graph.input(input, -1, 1, side, side);
    for (Output output : description.describe(new OnnxOperations(graph, (int) side), input)) {
      LongStream shape =
          LongStream.concat(LongStream.of(-1), output.shape().stream().mapToLong(Long::longValue));
      graph.output(output.value(), output.name(), shape.toArray());
    }
    ModelProto model =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("framewarden")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
            .setGraph(graph.build(name))
            .build();
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.write(partial, model.toByteArray());
    Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
