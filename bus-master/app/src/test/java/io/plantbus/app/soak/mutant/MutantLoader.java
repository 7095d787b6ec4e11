package io.plantbus.app.soak.mutant;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Loads the classes of this project anew, those of a mutant in the place of the sound ones. What
/// is not of this project is shared.
final class MutantLoader extends ClassLoader {
  private static final String OURS = "io.plantbus.";

  private final Map<String, byte[]> mutated;

  /// @param mutated classes that are not as they ship, by name
  MutantLoader(Map<String, byte[]> mutated) {
    super(MutantLoader.class.getClassLoader());
    this.mutated = mutated;
  }

  /// Runs cases with these classes: see [Trial].
  @SuppressWarnings("unchecked")
  UnaryOperator<String> trial() {
    try {
      return (UnaryOperator<String>)
          loadClass(Trial.class.getName()).getConstructor().newInstance();
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = mutated.containsKey(name) ? mutated.get(name) : sound(name);
    return defineClass(name, bytes, 0, bytes.length);
  }

  private byte[] sound(String name) throws ClassNotFoundException {
    try (InputStream from = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (from == null) {
        throw new ClassNotFoundException(name);
      }
      return from.readAllBytes();
    } catch (IOException failure) {
      throw new ClassNotFoundException(name, failure);
    }
  }
}
