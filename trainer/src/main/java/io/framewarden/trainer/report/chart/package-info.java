/**
 * Charts as SVG and PNG: plain descriptions of plots, and the one class that draws them. The only
 * room that knows the charting library.
 */
package io.framewarden.trainer.report.chart;
