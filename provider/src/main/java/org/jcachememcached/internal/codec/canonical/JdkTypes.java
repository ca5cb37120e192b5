package org.jcachememcached.internal.codec.canonical;

import java.io.IOException;
import java.io.StreamCorruptedException;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Classes of the JDK that serialize what their {@code equals} ignores: computed fields, capacity,
 * the spelling of a name. The canonical form contains only what {@code equals} compares; so it is
 * for keys, not for values. Subclasses are not included. Stateless.
 */
final class JdkTypes {

  static final List<CanonicalType<?>> ALL =
      Stream.of(NetTypes.ALL, CalendarTypes.ALL, others(), xml())
          .<CanonicalType<?>>flatMap(List::stream)
          .toList();

  private JdkTypes() {}

  private static List<CanonicalType<?>> others() {
    return List.of(
        new CanonicalType<>(
            0x65,
            BitSet.class,
            (bits, out) -> out.writeBlock(bits.toByteArray()),
            in -> BitSet.valueOf(in.readBlock())),
        new CanonicalType<>(
            0x66, StackTraceElement.class, JdkTypes::writeFrame, JdkTypes::readFrame),
        new CanonicalType<>(
            0x6a,
            X500Principal.class,
            (name, out) -> out.writeText(name.getName(X500Principal.CANONICAL)),
            in -> new X500Principal(in.readText())),
        new CanonicalType<>(
            0x6b,
            ObjectName.class,
            (name, out) -> out.writeText(name.getCanonicalName()),
            JdkTypes::readObjectName));
  }

  /** A custom runtime image may lack the module. */
  private static List<CanonicalType<?>> xml() {
    return ModuleLayer.boot().findModule("java.xml").isPresent() ? XmlTypes.ALL : List.of();
  }

  private static void writeFrame(StackTraceElement frame, CanonicalWriter out) throws IOException {
    out.writeObject(frame.getClassLoaderName());
    out.writeObject(frame.getModuleName());
    out.writeObject(frame.getModuleVersion());
    out.writeText(frame.getClassName());
    out.writeText(frame.getMethodName());
    out.writeObject(frame.getFileName());
    out.writeInt(frame.getLineNumber());
  }

  private static StackTraceElement readFrame(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    return new StackTraceElement(
        readTextOrNull(in),
        readTextOrNull(in),
        readTextOrNull(in),
        in.readText(),
        in.readText(),
        readTextOrNull(in),
        in.readInt());
  }

  private static @Nullable String readTextOrNull(CanonicalReader in)
      throws IOException, ClassNotFoundException {
    return (String) in.readObject();
  }

  private static ObjectName readObjectName(CanonicalReader in) throws IOException {
    String name = in.readText();
    try {
      return ObjectName.getInstance(name);
    } catch (MalformedObjectNameException e) {
      throw new StreamCorruptedException(name + " is no name of an MBean");
    }
  }
}
