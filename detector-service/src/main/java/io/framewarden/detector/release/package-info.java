/**
 * From an artifact folder to a model that may score: digests checked, engine built, golden faces
 * scored and compared, warmed up. What does not pass is refused with the numbers. And what releases
 * come to: which artifact is active, where it lies, the place of a running model that another may
 * take. Rooms below: {@code follow} keeps a scorer's models as the releases say, {@code publish}
 * makes releases.
 */
package io.framewarden.detector.release;
