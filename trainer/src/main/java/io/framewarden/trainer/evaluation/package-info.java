/**
 * How good a model is, measured the same way everywhere: AUC, EER, AP, accuracy, TPR at fixed FPR
 * and ECE, per forgery domain and overall, beside the baseline that a mere blur measure reaches. A
 * metric that the data cannot give (one class only) is absent, never 0.5. Also the calibration and
 * the operating points, which come from validation faces. Plain Java: no engine, no files.
 */
package io.framewarden.trainer.evaluation;
