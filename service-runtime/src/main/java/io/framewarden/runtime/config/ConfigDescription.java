package io.framewarden.runtime.config;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a variable does, on the constant that holds its name. A test writes
 * docs/configuration.md from these and from what {@link Settings} reads.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ConfigDescription {
  /** What the variable does, in one line; what it accepts is known from how it is read. */
  String value();

  /** The default in words, where the value that is read without the variable does not show it. */
  String byDefault() default "";
}
