/** Files as an attacker would upload them. */
package io.framewarden.testkit.hostile;
