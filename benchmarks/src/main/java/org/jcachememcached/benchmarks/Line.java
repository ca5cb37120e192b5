package org.jcachememcached.benchmarks;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A blocking connection that speaks meta commands and makes no object but what it returns. Not
 * thread-safe.
 */
final class Line implements Closeable {

  /** How a reply begins. */
  enum Reply {
    /** A value, which {@link #readValue} returns. */
    VA,
    /** Done. */
    HD,
    /** Nothing is there. */
    EN,
    /** Not stored: it has changed meanwhile. */
    EX,
    /** All requests before are answered. */
    MN;

    private static final Reply[] ALL = values();

    private static Reply of(byte first, byte second) throws IOException {
      for (Reply reply : ALL) {
        if (reply.name().charAt(0) == first && reply.name().charAt(1) == second) {
          return reply;
        }
      }
      throw new IOException("memcached answered " + (char) first + (char) second + "...");
    }
  }

  private static final int CODE_LENGTH = 2;
  private static final int LINE_END_LENGTH = 2;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private byte[] request = new byte[4096];
  private int requestLength;
  private final byte[] read = new byte[64 * 1024];
  private int begin;
  private int end;
  private int flagsBegin;
  private int flagsEnd;
  private int valueLength;

  Line(InetSocketAddress address) throws IOException {
    socket.setTcpNoDelay(true);
    socket.connect(address);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /** Appends ASCII text to what {@link #flush} sends. */
  @SuppressWarnings("deprecation") // It copies the text without an array of its own.
  Line write(String text) {
    ensureRoom(text.length());
    text.getBytes(0, text.length(), request, requestLength);
    requestLength += text.length();
    return this;
  }

  Line write(byte[] bytes) {
    ensureRoom(bytes.length);
    System.arraycopy(bytes, 0, request, requestLength, bytes.length);
    requestLength += bytes.length;
    return this;
  }

  private void ensureRoom(int length) {
    if (requestLength + length > request.length) {
      request = Arrays.copyOf(request, Math.max(2 * request.length, requestLength + length));
    }
  }

  void flush() throws IOException {
    out.write(request, 0, requestLength);
    requestLength = 0;
  }

  Reply readReply() throws IOException {
    int length = 0;
    while (true) {
      for (; begin + length < end; length++) {
        if (read[begin + length] == '\n') {
          return parse(length + 1);
        }
      }
      fill();
    }
  }

  private Reply parse(int length) throws IOException {
    Reply reply = Reply.of(read[begin], read[begin + 1]);
    flagsBegin = begin + CODE_LENGTH;
    flagsEnd = begin + length - LINE_END_LENGTH;
    begin += length;
    if (reply == Reply.VA) {
      valueLength = 0;
      for (flagsBegin++; flagsBegin < flagsEnd && read[flagsBegin] != ' '; flagsBegin++) {
        valueLength = 10 * valueLength + read[flagsBegin] - '0';
      }
    }
    return reply;
  }

  /** What the last reply says in a flag, from a place in it on. To be asked before more is read. */
  String flag(char name, int from) {
    int flag = flagsBegin;
    while (read[flag] != ' ' || read[flag + 1] != name) {
      flag++;
    }
    int first = flag + 2 + from;
    int last = first;
    while (last < flagsEnd && read[last] != ' ') {
      last++;
    }
    return new String(read, first, last - first, StandardCharsets.ISO_8859_1);
  }

  String readValue() throws IOException {
    while (end - begin < valueLength + LINE_END_LENGTH) {
      fill();
    }
    String value = new String(read, begin, valueLength, StandardCharsets.UTF_8);
    begin += valueLength + LINE_END_LENGTH;
    return value;
  }

  private void fill() throws IOException {
    if (begin == end) {
      begin = 0;
      end = 0;
    } else if (end == read.length) {
      System.arraycopy(read, begin, read, 0, end - begin);
      end -= begin;
      begin = 0;
    }
    int count = in.read(read, end, read.length - end);
    if (count < 0) {
      throw new EOFException("memcached has closed the connection");
    }
    end += count;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
