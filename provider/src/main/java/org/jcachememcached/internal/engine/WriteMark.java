package org.jcachememcached.internal.engine;

import java.util.List;
import org.jcachememcached.internal.codec.envelope.Envelope;
import org.jcachememcached.internal.codec.envelope.TagVersion;

/**
 * What is stored with a value by the write that stores it. Immutable.
 *
 * @param writeId identifies the stored value later, if the reply is lost; or {@link
 *     Envelope#NO_WRITE_ID}
 * @param tags the tags of the entry, with the versions they had before the value was determined
 */
public record WriteMark(long writeId, List<TagVersion> tags) {

  /** Nothing. */
  static final WriteMark NONE = new WriteMark(Envelope.NO_WRITE_ID, List.of());

  /** The same for a write that need not be recognized. */
  WriteMark withoutWriteId() {
    return tags.isEmpty() ? NONE : new WriteMark(Envelope.NO_WRITE_ID, tags);
  }
}
