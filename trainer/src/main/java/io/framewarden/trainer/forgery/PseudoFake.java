package io.framewarden.trainer.forgery;

/**
 * A fake that a {@link Forgery} made of a real face. New arrays, owned by the caller.
 *
 * @param pixels gray8, as large as the face it was made from
 * @param mask how much of each pixel was forged, 0 (untouched) to 255, unsigned bytes
 */
public record PseudoFake(byte[] pixels, byte[] mask) {}
