/**
 * Published data sets as they are unpacked: which file shows whom, forged how, and on which side of
 * the split. One class a data set; {@link io.framewarden.trainer.archive.layout.Layout} names them.
 */
package io.framewarden.trainer.archive.layout;
