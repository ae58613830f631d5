/** What training and exported graphs cost. */
package io.framewarden.benchmarks.training;
