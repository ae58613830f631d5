/**
 * From an artifact folder to a model that may score: digests checked, engine built, golden faces
 * scored and compared, warmed up. What does not pass is refused with the numbers.
 */
package io.framewarden.detector.release;
