/**
 * Production data for the trainer: what moderators decided, with the videos that they decided on.
 */
package io.framewarden.standalone.decisions;
