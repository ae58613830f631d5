/**
 * The Deep Information Decomposition network: attention that splits a face's features into what
 * gives a forgery away and the rest, the loss that trains the split, and the scorer that needs only
 * the first half.
 */
package io.framewarden.trainer.did;
