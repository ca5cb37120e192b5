package org.jcachememcached.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jcachememcached.internal.config.Server;
import org.jspecify.annotations.Nullable;

/**
 * A DNS server on 127.0.0.1, over UDP and TCP, that gives the same answer whatever the name in the
 * question is: to a question for addresses those of the servers, to one for services their SRV
 * records. Answers at first that there is no such name. Thread-safe.
 */
public final class DnsResponder implements AutoCloseable {

  private static final int A = 1;
  private static final int CNAME = 5;
  private static final int AAAA = 28;
  private static final int SRV = 33;

  private static final int HEADER_LENGTH = 12;

  /** A reference to the name after the header. */
  private static final byte[] NAME_IN_QUESTION = {(byte) 0xC0, HEADER_LENGTH};

  private static final int LONGEST_UDP_ANSWER = 512;

  private static final int RESPONSE = 0x8580;
  private static final int TRUNCATED = 0x0200;
  private static final int NO_SUCH_NAME = 3;
  private static final int START_ATTEMPTS = 5;

  /**
   * The answer to all questions.
   *
   * @param code 0 if there are records
   * @param servers a record each
   * @param priority of all SRV records
   * @param aliased whether the name in the question is an alias of that of the records
   */
  private record Answer(int code, List<Server> servers, int priority, boolean aliased) {}

  private final DatagramSocket udp;
  private final ServerSocket tcp;
  private final AtomicInteger questions = new AtomicInteger();
  private volatile Answer answer = new Answer(NO_SUCH_NAME, List.of(), 0, false);
  private volatile byte @Nullable [] garbage;
  private volatile boolean silent;

  private DnsResponder() throws IOException {
    tcp = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    try {
      udp = new DatagramSocket(tcp.getLocalPort(), InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      tcp.close();
      throw e;
    }
    daemon(this::serveUdp);
    daemon(this::serveTcp);
  }

  /** Starts a server; it listens when this method returns. */
  public static DnsResponder start() {
    IOException failure = new IOException("no DNS server was started");
    for (int attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      try {
        return new DnsResponder();
      } catch (IOException portTaken) {
        failure = portTaken;
      }
    }
    throw new UncheckedIOException(failure);
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "DNS responder");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * From now on these are the servers. An address is that of a host; one with a host name has an
   * SRV record alone.
   */
  public void answer(List<Server> servers) {
    answer(0, servers);
  }

  /** From now on these are the servers, in SRV records of that priority. */
  public void answer(int priority, List<Server> servers) {
    set(new Answer(0, List.copyOf(servers), priority, false));
  }

  /** From now on each name is an alias of another one, which has these servers. */
  public void answerAliased(List<Server> servers) {
    set(new Answer(0, List.copyOf(servers), 0, true));
  }

  /** From now on there is no such name. */
  public void noSuchName() {
    set(new Answer(NO_SUCH_NAME, List.of(), 0, false));
  }

  /** From now on questions are answered with these bytes behind the number of the question. */
  public void garbage(byte[] bytes) {
    garbage = bytes.clone();
    silent = false;
  }

  /** From now on nothing is answered. */
  public void silence() {
    silent = true;
  }

  private void set(Answer next) {
    answer = next;
    garbage = null;
    silent = false;
  }

  /** How many questions there were. */
  public int questions() {
    return questions.get();
  }

  /** The port of 127.0.0.1, the same of UDP and TCP. */
  public int port() {
    return udp.getLocalPort();
  }

  private void serveUdp() {
    byte[] buffer = new byte[LONGEST_UDP_ANSWER];
    while (!udp.isClosed()) {
      try {
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] question = Arrays.copyOf(packet.getData(), packet.getLength());
        byte[] reply = reply(question, LONGEST_UDP_ANSWER);
        if (!silent) {
          udp.send(new DatagramPacket(reply, reply.length, packet.getSocketAddress()));
        }
      } catch (IOException closed) {
        // The loop ends, or the next question is answered.
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (Socket socket = tcp.accept()) {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        byte[] question = in.readNBytes(in.readUnsignedShort());
        byte[] reply = reply(question, 0xFFFF);
        if (!silent) {
          DataOutputStream out = new DataOutputStream(socket.getOutputStream());
          out.writeShort(reply.length);
          out.write(reply);
        }
      } catch (IOException closed) {
        // The loop ends, or the next question is answered.
      }
    }
  }

  private byte[] reply(byte[] message, int longest) throws IOException {
    questions.incrementAndGet();
    byte[] garbled = garbage;
    if (garbled != null) {
      return ByteBuffer.allocate(2 + garbled.length).put(message, 0, 2).put(garbled).array();
    }
    byte[] question = Arrays.copyOfRange(message, HEADER_LENGTH, endOfQuestion(message));
    int type = ByteBuffer.wrap(question).getShort(question.length - 4);
    Answer current = answer;
    List<byte[]> records = records(type, current);
    int length = HEADER_LENGTH + question.length + records.stream().mapToInt(r -> r.length).sum();
    boolean fits = length <= longest;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(message, 0, 2);
    out.writeShort(RESPONSE | current.code() | (fits ? 0 : TRUNCATED));
    out.writeShort(1);
    out.writeShort(fits ? records.size() : 0);
    out.writeInt(0);
    out.write(question);
    if (fits) {
      for (byte[] each : records) {
        out.write(each);
      }
    }
    return bytes.toByteArray();
  }

  private static int endOfQuestion(byte[] message) {
    int at = HEADER_LENGTH;
    while (message[at] != 0) {
      at += message[at] + 1;
    }
    return at + 5;
  }

  private static List<byte[]> records(int type, Answer answer) throws IOException {
    List<byte[]> records = new ArrayList<>();
    byte[] owner = NAME_IN_QUESTION;
    if (answer.aliased()) {
      owner = name("alias.example");
      records.add(resource(NAME_IN_QUESTION, CNAME, owner));
    }
    for (Server server : answer.servers()) {
      byte[] data = type == SRV ? service(server, answer.priority()) : address(server.host(), type);
      if (data.length > 0) {
        records.add(resource(owner, type, data));
      }
    }
    return records;
  }

  private static byte[] address(String host, int type) throws IOException {
    boolean numeric = host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    byte[] address = numeric ? InetAddress.getByName(host).getAddress() : new byte[0];
    return (type == A && address.length == 4) || (type == AAAA && address.length == 16)
        ? address
        : new byte[0];
  }

  private static byte[] service(Server server, int priority) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(priority);
    out.writeShort(server.weight());
    out.writeShort(server.port());
    out.write(name(server.host()));
    return bytes.toByteArray();
  }

  private static byte[] name(String host) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String label : host.split("\\.", -1)) {
      bytes.write(label.length());
      bytes.write(label.getBytes(US_ASCII));
    }
    bytes.write(0);
    return bytes.toByteArray();
  }

  private static byte[] resource(byte[] owner, int type, byte[] data) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(owner);
    out.writeShort(type);
    out.writeShort(1);
    out.writeInt(0);
    out.writeShort(data.length);
    out.write(data);
    return bytes.toByteArray();
  }

  @Override
  public void close() {
    udp.close();
    try {
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
