package org.jcachememcached.internal.codec.canonical;

import java.util.List;
import javax.xml.namespace.QName;

/** Classes of the module {@code java.xml} in the canonical form. Stateless. */
final class XmlTypes {

  static final List<CanonicalType<?>> ALL =
      List.of(
          // Without the prefix, which equals ignores.
          new CanonicalType<>(
              0x6c,
              QName.class,
              (name, out) -> {
                out.writeText(name.getNamespaceURI());
                out.writeText(name.getLocalPart());
              },
              in -> new QName(in.readText(), in.readText())));

  private XmlTypes() {}
}
