package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses in the canonical form: without the host name that was looked up or given, and with one
 * spelling. The name service is not used. Stateless.
 */
final class NetTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          new CanonicalType<>(
              0x60,
              Inet4Address.class,
              (address, out) -> out.writeBlock(address.getAddress()),
              in -> (Inet4Address) InetAddress.getByAddress(in.readBlock())),
          new CanonicalType<>(
              0x61,
              Inet6Address.class,
              (address, out) -> out.writeBlock(address.getAddress()),
              in -> Inet6Address.getByAddress(null, in.readBlock(), -1)),
          new CanonicalType<>(
              0x62, InetSocketAddress.class, NetTypes::writeSocket, NetTypes::readSocket),
          new CanonicalType<>(0x63, URI.class, NetTypes::writeUri, NetTypes::readUri),
          new CanonicalType<>(0x64, URL.class, NetTypes::writeUrl, NetTypes::readUrl));

  private static final Pattern ESCAPED = Pattern.compile("%[0-9a-f]{2}", Pattern.CASE_INSENSITIVE);

  private NetTypes() {}

  private static void writeSocket(InetSocketAddress socket, CanonicalWriter out)
      throws IOException {
    out.writeInt(socket.getPort());
    out.writeObject(socket.getAddress());
    if (socket.isUnresolved()) {
      out.writeText(lowerCase(socket.getHostString()));
    }
  }

  private static InetSocketAddress readSocket(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    int port = in.readInt();
    InetAddress address = (InetAddress) in.readObject();
    return address == null
        ? InetSocketAddress.createUnresolved(in.readText(), port)
        : new InetSocketAddress(address, port);
  }

  /** Part by part, as {@link URI#equals} compares them. */
  private static void writeUri(URI uri, CanonicalWriter out) throws IOException {
    out.writeObject(map(uri.getScheme(), NetTypes::lowerCase));
    out.writeBoolean(uri.isOpaque());
    if (uri.isOpaque()) {
      out.writeText(unified(uri.getRawSchemeSpecificPart()));
    } else {
      out.writeObject(map(authorityOf(uri), NetTypes::unified));
      out.writeText(unified(uri.getRawPath()));
      out.writeObject(map(uri.getRawQuery(), NetTypes::unified));
    }
    out.writeObject(map(uri.getRawFragment(), NetTypes::unified));
  }

  private static @Nullable String authorityOf(URI uri) {
    if (uri.getHost() == null) {
      return uri.getRawAuthority();
    }
    String user = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo() + "@";
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return user + lowerCase(uri.getHost()) + port;
  }

  private static URI readUri(CanonicalReader in) throws IOException, ClassNotFoundException {
    StringBuilder text = new StringBuilder();
    append(text, "", in.readObject(), ":");
    if (in.readBoolean()) {
      text.append(in.readText());
    } else {
      Object authority = in.readObject();
      String path = in.readText();
      // A path that begins like an authority must not be parsed as one.
      append(text, "//", authority == null && path.startsWith("//") ? "" : authority, "");
      text.append(path);
      append(text, "?", in.readObject(), "");
    }
    append(text, "#", in.readObject(), "");
    return URI.create(text.toString());
  }

  private static void append(
      StringBuilder text, String before, @Nullable Object part, String after) {
    if (part != null) {
      text.append(before).append(part).append(after);
    }
  }

  /** What {@link URL#equals} compares, except that hosts are compared by name, not by address. */
  private static void writeUrl(URL url, CanonicalWriter out) throws IOException {
    out.writeText(lowerCase(url.getProtocol()));
    out.writeText(lowerCase(Objects.requireNonNullElse(url.getHost(), "")));
    out.writeInt(url.getPort() == url.getDefaultPort() ? -1 : url.getPort());
    out.writeText(url.getFile());
    out.writeObject(url.getRef());
  }

  private static URL readUrl(CanonicalReader in) throws IOException, ClassNotFoundException {
    String protocol = in.readText();
    String host = in.readText();
    int port = in.readInt();
    StringBuilder file = new StringBuilder(in.readText());
    append(file, "#", in.readObject(), "");
    return new URL(protocol, host, port, file.toString());
  }

  private static String unified(String text) {
    return ESCAPED.matcher(text).replaceAll(NetTypes::upperCase);
  }

  private static String upperCase(MatchResult escaped) {
    return escaped.group().toUpperCase(Locale.ROOT);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static @Nullable String map(@Nullable String text, UnaryOperator<String> mapping) {
    return text == null ? null : mapping.apply(text);
  }
}
