package org.jcachememcached.internal.store.memcached.protocol;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Reads the replies to meta commands out of the bytes of a connection, however they are divided.
 * When {@link #read} says that a reply is complete, the other methods describe it until the next
 * call. Not thread-safe.
 */
final class ReplyReader {

  /** The first words of replies, by what they mean. */
  enum Kind {
    VALUE("VA"),
    DONE("HD"),
    MISS("EN"),
    NOT_STORED("NS"),
    EXISTS("EX"),
    NOT_FOUND("NF"),
    NOTHING_MORE("MN"),
    SERVER_ERROR("SERVER_ERROR"),
    CLIENT_ERROR("CLIENT_ERROR");

    private final String code;

    Kind(String code) {
      this.code = code;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final byte[] NO_DATA = {};

  /** Longer than any reply to a command that this store sends. */
  private static final int MAX_LINE = 2048;

  /** The maximum of memcached's option {@code -I}. */
  private static final int MAX_VALUE = 1 << 30;

  private static final int CRLF = 2;

  /** The {@link #secondsLeft} of a value that does not expire. */
  static final long NO_END = -1;

  private byte[] line = new byte[64];
  private int lineLength;
  private int cursor;

  private final IntPredicate room;

  private boolean inValue;
  private boolean skipping;
  private int valueSize;
  private int valueLength;
  private int crlfLength;

  private Kind kind = Kind.NOTHING_MORE;
  private int flags;
  private long cas;
  private long secondsLeft = NO_END;
  private long opaque;
  private byte[] data = NO_DATA;

  /**
   * @param room whether there is room for a value of so many bytes; a value without room is skipped
   */
  ReplyReader(IntPredicate room) {
    this.room = room;
  }

  Kind kind() {
    return kind;
  }

  /** Whether it is an error, which does not say what request it answers. */
  boolean isError() {
    return kind == Kind.SERVER_ERROR || kind == Kind.CLIENT_ERROR;
  }

  /** The client flags of a value. */
  int flags() {
    return flags;
  }

  /** The CAS value of an item. */
  long cas() {
    return cas;
  }

  /** How long the server keeps a value, in seconds of its clock, or {@link #NO_END}. */
  long secondsLeft() {
    return secondsLeft;
  }

  /** The number that came with the request; 0 when the server sent none back. */
  long opaque() {
    return opaque;
  }

  /** Whether it was a value without room: its bytes were discarded. */
  boolean isSkipped() {
    return skipping;
  }

  /** The bytes of a value. */
  byte[] data() {
    return data;
  }

  /** The whole line, for errors. */
  String errorLine() {
    return new String(line, 0, lineLength, StandardCharsets.ISO_8859_1).strip();
  }

  /**
   * Continues to read, to the end of one reply or of the bytes.
   *
   * @return whether a reply is complete
   */
  boolean read(ByteBuffer in) throws ProtocolException {
    if (!inValue && !readLine(in)) {
      return false;
    }
    return !inValue || readValue(in);
  }

  private boolean readLine(ByteBuffer in) throws ProtocolException {
    if (cursor != 0) {
      lineLength = 0;
      cursor = 0;
    }
    while (in.hasRemaining()) {
      int start = in.position();
      int length = Math.min(in.remaining(), roomInLine());
      in.get(line, lineLength, length);
      int end = indexOfLineEnd(lineLength + length);
      if (end >= 0) {
        in.position(start + end + 1 - lineLength);
        lineLength = end;
        parse();
        return true;
      }
      lineLength += length;
    }
    return false;
  }

  private int roomInLine() throws ProtocolException {
    if (lineLength == line.length) {
      if (lineLength == MAX_LINE) {
        throw new ProtocolException("memcached answered a line of over " + MAX_LINE + " bytes");
      }
      line = Arrays.copyOf(line, lineLength * 2);
    }
    return line.length - lineLength;
  }

  private int indexOfLineEnd(int length) {
    for (int i = lineLength; i < length; i++) {
      if (line[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private void parse() throws ProtocolException {
    if (lineLength > 0 && line[lineLength - 1] == '\r') {
      lineLength--;
    }
    kind = kindOfLine();
    cursor = kind.code.length();
    flags = 0;
    cas = 0;
    secondsLeft = NO_END;
    opaque = 0;
    data = NO_DATA;
    skipping = false;
    if (kind == Kind.VALUE) {
      expectValue();
    }
    if (!isError()) {
      parseFlags();
    }
  }

  private Kind kindOfLine() throws ProtocolException {
    for (Kind candidate : KINDS) {
      if (startsWith(candidate.code)) {
        return candidate;
      }
    }
    throw malformed();
  }

  private boolean startsWith(String code) {
    int length = code.length();
    if (lineLength < length || (lineLength > length && line[length] != ' ')) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (line[i] != code.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void expectValue() throws ProtocolException {
    skipSpaces();
    long size = number(10);
    if (size < 0 || size > MAX_VALUE) {
      throw malformed();
    }
    valueSize = (int) size;
    skipping = !room.test(valueSize);
    data = skipping ? NO_DATA : new byte[valueSize];
    valueLength = 0;
    crlfLength = 0;
    inValue = true;
  }

  private void parseFlags() throws ProtocolException {
    for (skipSpaces(); cursor < lineLength; skipSpaces()) {
      switch (line[cursor++]) {
        case 'f' -> flags = (int) number(10);
        case 'c' -> cas = number(10);
        case 't' -> secondsLeft = numberOrNoEnd();
        case 'O' -> opaque = number(16);
        default -> skipWord();
      }
    }
  }

  private void skipWord() {
    while (cursor < lineLength && line[cursor] != ' ') {
      cursor++;
    }
  }

  private void skipSpaces() {
    while (cursor < lineLength && line[cursor] == ' ') {
      cursor++;
    }
  }

  private long numberOrNoEnd() throws ProtocolException {
    boolean noEnd = cursor < lineLength && line[cursor] == '-';
    if (noEnd) {
      skipWord();
    }
    return noEnd ? NO_END : number(10);
  }

  /** An unsigned number of up to 64 bits. */
  private long number(int radix) throws ProtocolException {
    int start = cursor;
    long number = 0;
    while (cursor < lineLength && line[cursor] != ' ') {
      int digit = Character.digit(line[cursor++], radix);
      if (digit < 0) {
        throw malformed();
      }
      number = number * radix + digit;
    }
    if (cursor == start) {
      throw malformed();
    }
    return number;
  }

  private boolean readValue(ByteBuffer in) throws ProtocolException {
    int length = Math.min(in.remaining(), valueSize - valueLength);
    if (skipping) {
      in.position(in.position() + length);
    } else {
      in.get(data, valueLength, length);
    }
    valueLength += length;
    while (valueLength == valueSize && crlfLength < CRLF && in.hasRemaining()) {
      if (in.get() != (crlfLength == 0 ? '\r' : '\n')) {
        throw new ProtocolException("memcached's value of " + valueSize + " bytes is longer");
      }
      crlfLength++;
    }
    inValue = valueLength < valueSize || crlfLength < CRLF;
    return !inValue;
  }

  private ProtocolException malformed() {
    return new ProtocolException("memcached answered " + this);
  }

  @Override
  public String toString() {
    return "'" + errorLine() + "'";
  }
}
