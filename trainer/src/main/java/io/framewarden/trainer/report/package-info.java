/**
 * The report of an evaluation: one HTML page that needs nothing else, its charts as files, and
 * every figure as JSON. Takes figures and faces, computes none of a model's own.
 */
package io.framewarden.trainer.report;
