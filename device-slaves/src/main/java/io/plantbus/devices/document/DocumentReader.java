package io.plantbus.devices.document;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;

/// Reads YAML 1.2 documents and tells every mistake at once. Bounded: at most 1 MiB, 32 levels and
/// 50,000 values. Immutable; any thread may use it.
public final class DocumentReader {
  /// The largest file, in bytes.
  public static final int LARGEST_BYTES = 1 << 20;

  private final Substitution substitution;

  /// @param environment gives the value of a variable, or null if it is not set; in production
  ///   `System::getenv`
  public DocumentReader(Function<String, @Nullable String> environment) {
    this.substitution = new Substitution(environment);
  }

  /// Reads a file.
  ///
  /// @param type what the document describes
  public <T> Reading<T> read(Path file, NodeReader<T> type) {
    Problems problems = new Problems();
    String text = text(file, problems);
    return text == null ? new Reading<>(null, problems.list()) : parse(file.toString(), text, type);
  }

  /// Reads a text.
  ///
  /// @param name of the text in problems, such as a file's name
  /// @param type what the document describes
  public <T> Reading<T> parse(String name, String text, NodeReader<T> type) {
    Problems problems = new Problems();
    Node root = compose(name, text, problems);
    T value = root == null ? null : type.read(root, problems);
    return new Reading<>(problems.hasErrors() ? null : value, problems.list());
  }

  private static @Nullable String text(Path file, Problems problems) {
    Position position = Position.of(file.toString());
    try {
      if (Files.isDirectory(file)) {
        problems.error(position, KeyPath.ROOT, "this is a folder", "name a file in it");
        return null;
      }
      if (Files.size(file) > LARGEST_BYTES) {
        problems.error(position, KeyPath.ROOT, "the file is larger than 1 MiB", "split it");
        return null;
      }
      return Files.readString(file);
    } catch (NoSuchFileException _) {
      problems.error(position, KeyPath.ROOT, "there is no such file", "check its name");
    } catch (AccessDeniedException _) {
      problems.error(
          position, KeyPath.ROOT, "this file may not be read by you", "check its permissions");
    } catch (CharacterCodingException _) {
      problems.error(position, KeyPath.ROOT, "the file is not UTF-8 text", "save it as UTF-8");
    } catch (IOException failure) {
      problems.error(
          position, KeyPath.ROOT, "the file cannot be read: " + failure.getMessage(), "");
    }
    return null;
  }

  private @Nullable Node compose(String name, String text, Problems problems) {
    LoadSettings settings = LoadSettings.builder().setLabel(name).build();
    Iterator<Event> events = new Parse(settings).parseString(text).iterator();
    NodeBuilder builder = new NodeBuilder(name, events, substitution, problems);
    try {
      Event event = skipTo(events);
      if (event == null) {
        problems.error(Position.of(name), KeyPath.ROOT, "the document is empty", "");
        return null;
      }
      Node root = builder.build(event, KeyPath.ROOT, 0);
      Event second = skipTo(events);
      if (second != null) {
        problems.error(
            builder.position(second.getStartMark()),
            KeyPath.ROOT,
            "a second document begins here",
            "keep one document in a file, without further '---' lines");
      }
      return root;
    } catch (MarkedYamlEngineException failure) {
      String context = failure.getContext() == null ? "" : failure.getContext() + ": ";
      Position position = builder.position(failure.getProblemMark().or(failure::getContextMark));
      problems.error(
          position,
          KeyPath.ROOT,
          "this is not YAML: " + (context + failure.getProblem()).replaceAll("\\s+", " "),
          "check indentation, colons and quotes here and in the line above");
    } catch (ReaderException failure) {
      problems.error(
          Position.of(name),
          KeyPath.ROOT,
          "this is not YAML: character U+%04X may not stand in it"
              .formatted(failure.getCodePoint()),
          "remove it");
    } catch (NodeBuilder.Stop _) {
      return null;
    }
    return null;
  }

  /// The first event of the next document's content, or null at the end.
  private static @Nullable Event skipTo(Iterator<Event> events) {
    while (events.hasNext()) {
      Event event = events.next();
      switch (event.getEventId()) {
        case Scalar, SequenceStart, MappingStart, Alias -> {
          return event;
        }
        default -> {}
      }
    }
    return null;
  }
}
