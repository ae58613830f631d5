/**
 * Production data for the trainer: what moderators decided, with the videos that they decided on.
 */
package io.framewarden.trainer.archive.decisions;
