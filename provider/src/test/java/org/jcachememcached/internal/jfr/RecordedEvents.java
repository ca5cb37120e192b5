package org.jcachememcached.internal.jfr;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * What the flight recorder of this JVM records of our events while a test runs. Not thread-safe.
 */
final class RecordedEvents implements AutoCloseable {

  private static final String PREFIX = "org.jcachememcached.";

  private final Recording recording = new Recording();

  private RecordedEvents() {}

  /** Records the events of these names, calls of any length. */
  static RecordedEvents of(String... names) {
    RecordedEvents events = new RecordedEvents();
    Stream.of(names).forEach(name -> events.recording.enable(PREFIX + name).withoutThreshold());
    events.recording.start();
    return events;
  }

  /** Records what a recording with these settings does, as a file has them. */
  static RecordedEvents bySettings(Map<String, String> settings) {
    RecordedEvents events = new RecordedEvents();
    events.recording.setSettings(settings);
    events.recording.start();
    return events;
  }

  /** The events of that name so far. */
  List<RecordedEvent> named(String name) {
    try {
      Path file = Files.createTempFile("events", ".jfr");
      try {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals(PREFIX + name))
            .toList();
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
