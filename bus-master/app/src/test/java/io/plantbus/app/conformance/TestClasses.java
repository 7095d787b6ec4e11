package io.plantbus.app.conformance;

import io.plantbus.protocols.conformance.Covers;
import java.io.IOException;
import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The compiled tests of all modules, read without loading them.
final class TestClasses {
  private static final Pattern MODULE = Pattern.compile("<module>([^<]+)</module>");
  private static final String COVERS = Covers.class.descriptorString();
  private static final Set<String> TESTS =
      Set.of(
          "Lorg/junit/jupiter/api/Test;",
          "Lorg/junit/jupiter/api/RepeatedTest;",
          "Lorg/junit/jupiter/api/TestFactory;",
          "Lorg/junit/jupiter/params/ParameterizedTest;",
          "Lcom/code_intelligence/jazzer/junit/FuzzTest;");

  private TestClasses() {}

  /// Methods that name requirements, in the order of modules, classes and methods.
  ///
  /// @param root where the parent POM is
  static List<CoveringMethod> covering(Path root) throws IOException {
    List<CoveringMethod> found = new ArrayList<>();
    Matcher module = MODULE.matcher(Files.readString(root.resolve("pom.xml")));
    while (module.find()) {
      Path classes = root.resolve(module.group(1)).resolve("target/test-classes");
      if (Files.isDirectory(classes)) {
        for (Path file : classFiles(classes)) {
          addCovering(module.group(1), ClassFile.of().parse(file), found);
        }
      }
    }
    return found;
  }

  private static List<Path> classFiles(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
    }
  }

  private static void addCovering(String module, ClassModel type, List<CoveringMethod> found) {
    String name = type.thisClass().asInternalName().replaceFirst(".*/", "").replace('$', '.');
    for (MethodModel method : type.methods()) {
      List<Annotation> annotations = annotations(method);
      List<String> requirements =
          annotations.stream()
              .filter(annotation -> annotation.className().equalsString(COVERS))
              .flatMap(annotation -> annotation.elements().stream())
              .flatMap(TestClasses::constants)
              .toList();
      if (!requirements.isEmpty()) {
        boolean isTest =
            annotations.stream()
                .anyMatch(annotation -> TESTS.contains(annotation.className().stringValue()));
        found.add(
            new CoveringMethod(
                module, name, method.methodName().stringValue(), isTest, requirements));
      }
    }
  }

  private static List<Annotation> annotations(MethodModel method) {
    List<Annotation> all = new ArrayList<>();
    method
        .findAttribute(Attributes.runtimeVisibleAnnotations())
        .ifPresent(visible -> all.addAll(visible.annotations()));
    method
        .findAttribute(Attributes.runtimeInvisibleAnnotations())
        .ifPresent(invisible -> all.addAll(invisible.annotations()));
    return all;
  }

  private static Stream<String> constants(AnnotationElement element) {
    return element.value() instanceof AnnotationValue.OfArray array
        ? array.values().stream()
            .map(AnnotationValue.OfEnum.class::cast)
            .map(constant -> constant.constantName().stringValue())
        : Stream.empty();
  }
}
