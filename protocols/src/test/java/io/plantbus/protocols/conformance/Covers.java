package io.plantbus.protocols.conformance;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Names the requirements that a test shows to be met. The ledger of requirements is made from
/// these: a requirement without a test fails the build.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Covers {
  /// One requirement or several.
  Requirement[] value();
}
