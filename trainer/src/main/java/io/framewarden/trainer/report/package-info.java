/**
 * The report of an evaluation: one HTML page that needs nothing else, its charts as files, and
 * every metric as JSON. Shows metrics and faces, computes no score itself.
 */
package io.framewarden.trainer.report;
