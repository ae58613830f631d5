package io.framewarden.ingest.pace;

/**
 * How far the scorers are behind on face-frames.
 *
 * @param frames that wait for them
 * @param fullness how much of what its partition retains waits there, by bytes or by age, whichever
 *     is nearer to its end, of the fullest partition; 1 and more where frames may be lost
 * @param roomBytes that may still be published, by any partition's measure, before the fullness is
 *     that of the threshold that was asked for; {@link Long#MAX_VALUE} where nothing bounds them
 * @param lost frames that the topic forgot before a scorer took them, as far as none has gone on
 *     since
 */
public record ScorerLag(long frames, double fullness, long roomBytes, long lost) {}
