package io.plantbus.junit;

import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/// What a test or its bench file has wrong. The message is all there is to know, so it carries no
/// stack of ours.
final class ConfigurationMistake extends ExtensionConfigurationException {
  private static final long serialVersionUID = 1;

  ConfigurationMistake(String message) {
    super(message);
  }

  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }
}
