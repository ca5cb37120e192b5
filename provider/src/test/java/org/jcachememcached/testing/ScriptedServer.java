package org.jcachememcached.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jcachememcached.internal.config.Server;

/**
 * Looks like a memcached to its clients, on 127.0.0.1: it answers what they ask first, and whether
 * it is there, as one does, and everything else as a test wants. It may stop answering.
 * Thread-safe.
 */
public final class ScriptedServer implements AutoCloseable {

  /** Answers one line that a client has sent. */
  public interface Script {
    void answer(String line, OutputStream out) throws IOException, InterruptedException;
  }

  private final ServerSocket listener;
  private final Script script;
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private volatile boolean hangs;

  private ScriptedServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
  }

  /** Starts a server; it listens when this method returns. */
  public static ScriptedServer start(Script script) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      ScriptedServer server = new ScriptedServer(listener, script);
      daemon(server::acceptAll);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From now on nothing is answered; connections are accepted as a hung process's kernel does. */
  public void hang() {
    hangs = true;
  }

  public Server server() {
    return new Server("127.0.0.1", listener.getLocalPort(), 1);
  }

  private void acceptAll() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (!hangs) {
          answer(line, socket.getOutputStream());
        }
      }
    } catch (IOException clientLeft) {
      // It need not be answered any more.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void answer(String line, OutputStream out) throws IOException, InterruptedException {
    switch (line) {
      case "version" -> write(out, "VERSION 1.6.18");
      case "stats settings" ->
          write(out, "STAT cas_enabled yes", "STAT item_size_max 1048576", "END");
      case "mn" -> write(out, "MN");
      default -> script.answer(line, out);
    }
  }

  /** Writes lines. */
  public static void write(OutputStream out, String... lines) throws IOException {
    out.write((String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "scripted server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : sockets) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
