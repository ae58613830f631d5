/** The offline trainer; see its rooms, from {@code dataset} to {@code publish}. */
package io.framewarden.trainer;
