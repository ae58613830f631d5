package io.framewarden.trainer.did;

/**
 * What a network says of n faces.
 *
 * @param logits one raw logit a face, the higher the more likely fake
 * @param attention one map a face, {@code mapSide * mapSide} values in 0..1, row by row
 * @param mapSide cells in a row of a map, 7 for faces of 224 pixels
 */
public record FaceScores(float[] logits, float[][] attention, int mapSide) {}
