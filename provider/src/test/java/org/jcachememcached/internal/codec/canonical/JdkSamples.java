package org.jcachememcached.internal.codec.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.FilePermission;
import java.io.SerializablePermission;
import java.lang.invoke.MethodType;
import java.lang.reflect.ReflectPermission;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetPermission;
import java.net.SocketPermission;
import java.net.URI;
import java.net.URL;
import java.net.UnixDomainSocketAddress;
import java.nio.file.LinkPermission;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.SecurityPermission;
import java.security.cert.Certificate;
import java.time.DayOfWeek;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.GregorianCalendar;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.PropertyPermission;
import java.util.Set;
import java.util.SimpleTimeZone;
import java.util.Stack;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.Vector;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.function.IntFunction;
import java.util.logging.Level;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.management.Attribute;
import javax.management.ObjectInstance;
import javax.management.ObjectName;
import javax.naming.CompositeName;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLPermission;
import javax.security.auth.AuthPermission;
import javax.security.auth.Subject;
import javax.security.auth.x500.X500Principal;
import javax.xml.namespace.QName;
import org.jcachememcached.internal.codec.Keys;

/** Equal objects of classes of the JDK, each with another past. */
@SuppressWarnings({"JavaUtilDate", "JdkObsolete"})
final class JdkSamples {

  /** Why some classes have no sample here, by what their names begin with. */
  static final Map<String, String> WITHOUT =
      Map.ofEntries(
          Map.entry("java.net.InetAddress", "only its two subclasses have objects"),
          Map.entry("java.util.IdentityHashMap", "equal by the identity of what is in it"),
          Map.entry("java.net.URLPermission", "reads its actions only while it is made"),
          Map.entry("java.security.CodeSigner", "needs a chain of certificates"),
          Map.entry("java.security.Timestamp", "needs a chain of certificates"),
          Map.entry("java.security.UnresolvedPermission", "stands for a class that is not there"),
          Map.entry("java.text.AttributedCharacterIterator$Attribute", "constants"),
          Map.entry("java.text.Format$Field", "only its subclasses have objects"),
          Map.entry("java.time.zone.", "parts of a ZoneId"),
          Map.entry("javax.security.auth.PrivateCredentialPermission", "for policy files"),
          Map.entry("javax.management.", "describes beans; the sample is the name of one"),
          Map.entry("java.lang.management.", "for policy files"),
          Map.entry("java.sql.SQLPermission", "for policy files"),
          Map.entry("java.util.logging.LoggingPermission", "for policy files"),
          Map.entry("javax.naming.", "the samples are the two kinds of names"));

  private JdkSamples() {}

  static Stream<List<Object>> all() {
    return Stream.of(
            lang(), util(), collections(), net(), security(), others(), JdkTimeSamples.all())
        .flatMap(samples -> samples)
        .map(JdkSamples::made);
  }

  private static List<Object> made(Callable<List<Object>> sample) {
    try {
      return sample.call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Callable<List<Object>>> lang() {
    StackTraceElement thrown = new Throwable().getStackTrace()[0];
    return Stream.of(
        () -> List.of(true, Boolean.valueOf("true")),
        () -> List.of((byte) 1, Byte.valueOf("1")),
        () -> List.of('a', "a".charAt(0)),
        () -> List.of(1.5, Double.valueOf("1.5")),
        () -> List.of(1.5f, Float.valueOf("1.5")),
        () -> List.of(1_000, Integer.valueOf("1000")),
        () -> List.of(1_000L, Long.valueOf("1000")),
        () -> List.of((short) 1_000, Short.valueOf("1000")),
        () -> List.of("text", Keys.fresh("text"), used("text".concat(""))),
        () -> List.of(MethodType.methodType(int.class), MethodType.methodType(int.class)),
        () ->
            List.of(
                thrown,
                new StackTraceElement(
                    thrown.getClassLoaderName(),
                    thrown.getModuleName(),
                    thrown.getModuleVersion(),
                    thrown.getClassName(),
                    thrown.getMethodName(),
                    thrown.getFileName(),
                    thrown.getLineNumber())),
        () -> List.of(new BigDecimal("1.50"), used(BigDecimal.valueOf(150, 2))),
        () -> List.of(new BigInteger("1").shiftLeft(99), used(BigInteger.TWO.pow(99))),
        () -> List.of(new MathContext(7), new MathContext("precision=7 roundingMode=HALF_UP")));
  }

  private static Stream<Callable<List<Object>>> util() {
    return Stream.of(
        () -> List.of(bits(1), bits(1_000), BitSet.valueOf(new long[] {2, 0, 0})),
        () -> List.of(new Date(1), used(new Date(1))),
        () -> List.of(calendar(), used(calendar()), asked(calendar())),
        () -> List.of(Locale.forLanguageTag("de-CH"), new Locale("de", "CH")),
        () -> List.of(new SimpleTimeZone(1, "a"), asked(new SimpleTimeZone(1, "a"))),
        () -> List.of(TimeZone.getTimeZone("Europe/Paris"), zone("Europe/Paris")),
        () -> List.of(TimeZone.getTimeZone("GMT+01:30"), zone("GMT+01:30")),
        () -> List.of(moved(zone("Europe/Paris")), moved(zone("Europe/Paris"))),
        () -> List.of(new UUID(1, 2), used(UUID.fromString(new UUID(1, 2).toString()))),
        () -> List.of(new PropertyPermission("a", "read"), used(property("a"))));
  }

  private static BitSet bits(int room) {
    BitSet bits = new BitSet(room);
    bits.set(1);
    bits.set(room);
    bits.clear(room);
    bits.set(1);
    return bits;
  }

  private static GregorianCalendar calendar() {
    GregorianCalendar calendar = new GregorianCalendar(zone("Europe/Paris"), Locale.FRANCE);
    calendar.clear();
    calendar.set(2026, Calendar.NOVEMBER, 21);
    return calendar;
  }

  private static GregorianCalendar asked(GregorianCalendar calendar) {
    calendar.get(Calendar.DAY_OF_WEEK);
    calendar.add(Calendar.DAY_OF_MONTH, 1);
    calendar.roll(Calendar.DAY_OF_MONTH, -1);
    return calendar;
  }

  private static TimeZone asked(TimeZone zone) {
    zone.getOffset(System.currentTimeMillis());
    return zone;
  }

  private static TimeZone zone(String id) {
    return asked((TimeZone) TimeZone.getTimeZone(id).clone());
  }

  private static TimeZone moved(TimeZone zone) {
    zone.setRawOffset(1_000);
    return zone;
  }

  private static PropertyPermission property(String name) {
    PropertyPermission permission = new PropertyPermission(name, "READ");
    permission.getActions();
    return permission;
  }

  @SuppressWarnings("JdkObsolete") // Applications use them nevertheless.
  private static Stream<Callable<List<Object>>> collections() {
    return Stream.of(
        () -> List.of(new AbstractMap.SimpleEntry<>("a", 1), entry("a", 1)),
        () -> List.of(entry("a", 1), new AbstractMap.SimpleEntry<>("a", 1)),
        () -> filled(ArrayList::new),
        () -> filled(room -> new LinkedList<>()),
        () -> filled(room -> new Vector<>(room, room)),
        () -> filled(room -> new Stack<>()),
        () -> filled(room -> new CopyOnWriteArrayList<>()),
        () -> filled(HashSet::new),
        () -> filled(LinkedHashSet::new),
        () -> filled(room -> new TreeSet<>()),
        () -> filled(ConcurrentHashMap::newKeySet),
        () -> filled(room -> new ConcurrentSkipListSet<>()),
        () -> filled(room -> new CopyOnWriteArraySet<>()),
        () -> mapped(HashMap::new),
        () -> mapped(LinkedHashMap::new),
        () -> mapped(Hashtable::new),
        () -> mapped(Properties::new),
        () -> mapped(room -> new TreeMap<>()),
        () -> mapped(room -> new EnumMap<>(DayOfWeek.class)),
        () -> mapped(ConcurrentHashMap::new),
        () -> mapped(room -> new ConcurrentSkipListMap<>()));
  }

  private static Object entry(Object key, Object value) {
    return new AbstractMap.SimpleImmutableEntry<>(key, value);
  }

  /** A small one, and one that was large once; lists in their order, the rest in another. */
  private static <C extends Collection<Object>> List<Object> filled(IntFunction<C> collections) {
    C small = collections.apply(1);
    small.addAll(List.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY));
    C large = collections.apply(1_000);
    large.addAll(List.of(DayOfWeek.values()));
    large.removeIf(day -> day != DayOfWeek.MONDAY);
    large.add(DayOfWeek.FRIDAY);
    if (!(large instanceof List)) {
      large.remove(DayOfWeek.MONDAY);
      large.add(DayOfWeek.MONDAY);
    }
    return List.of(small, large);
  }

  @SuppressWarnings("unchecked")
  private static List<Object> mapped(IntFunction<? extends Map<?, ?>> maps) {
    Map<Object, Object> small = (Map<Object, Object>) maps.apply(1);
    small.put(DayOfWeek.MONDAY, "a");
    small.put(DayOfWeek.FRIDAY, "b");
    Map<Object, Object> large = (Map<Object, Object>) maps.apply(1_000);
    for (DayOfWeek day : DayOfWeek.values()) {
      large.put(day, "c");
    }
    large.clear();
    large.put(DayOfWeek.FRIDAY, "b");
    large.put(DayOfWeek.MONDAY, "a");
    return List.of(small, large);
  }

  private static Stream<Callable<List<Object>>> net() {
    byte[] four = {127, 0, 0, 1};
    byte[] six = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    return Stream.of(
        () -> List.of(InetAddress.getByAddress(four), InetAddress.getByAddress("here", four)),
        () -> List.of(InetAddress.getByAddress(four), lookedUp(InetAddress.getByAddress(four))),
        () -> List.of(InetAddress.getByAddress(six), Inet6Address.getByAddress("a", six, 1)),
        () ->
            List.of(
                new InetSocketAddress(InetAddress.getByAddress(four), 1),
                new InetSocketAddress(InetAddress.getByAddress("here", four), 1)),
        () ->
            List.of(
                InetSocketAddress.createUnresolved("example.org", 1),
                InetSocketAddress.createUnresolved("Example.ORG", 1)),
        () -> List.of(UnixDomainSocketAddress.of("/a"), used(UnixDomainSocketAddress.of("/a"))),
        () ->
            List.of(URI.create("http://u@h:1/p%c3%a4?q#f"), URI.create("HTTP://u@H:1/p%C3%A4?q#f")),
        () -> List.of(URI.create("mailto:a@example.org"), URI.create("MAILTO:a@example.org")),
        () -> List.of(URI.create("file:////server/a"), used(URI.create("file:////server/a"))),
        () -> List.of(URI.create("urn:%7e"), URI.create("urn:%7E")),
        () -> List.of(URI.create("//server:/a"), URI.create("//Server/a")),
        () -> List.of(URI.create("a/b?c"), used(URI.create("a/b?c"))),
        () ->
            List.of(
                new URL("http://127.0.0.1/a?b#c"),
                used(new URL("HTTP://127.0.0.1:80/a?b#c")),
                new URL("http://somebody@127.0.0.1/a?b#c")),
        () -> List.of(new URL("file:/a"), used(new URL("file:/a"))),
        () -> List.of(new NetPermission("a"), used(new NetPermission("a"))),
        () -> List.of(socket("connect,resolve"), used(socket("resolve,connect"))));
  }

  private static InetAddress lookedUp(InetAddress address) {
    address.getHostName();
    return address;
  }

  private static SocketPermission socket(String actions) {
    SocketPermission permission = new SocketPermission("127.0.0.1:80", actions);
    permission.getActions();
    return permission;
  }

  private static Stream<Callable<List<Object>>> security() {
    return Stream.of(
        () -> List.of(new AllPermission(), used(new AllPermission())),
        () -> List.of(new SecurityPermission("a"), used(new SecurityPermission("a"))),
        () -> List.of(new ReflectPermission("newProxyInPackage.a"), reflect()),
        () -> List.of(new RuntimePermission("a"), used(new RuntimePermission("a"))),
        () -> List.of(new LinkPermission("hard"), used(new LinkPermission("hard"))),
        () -> List.of(new SSLPermission("a"), used(new SSLPermission("a"))),
        () -> List.of(new AuthPermission("a"), used(new AuthPermission("a"))),
        () -> List.of(new SerializablePermission("a"), used(new SerializablePermission("a"))),
        () -> List.of(new FilePermission("/a", "read,write"), used(file("write,read"))),
        () -> List.of(source("http://127.0.0.1/a"), used(source("http://127.0.0.1/a"))),
        () -> List.of(new SecretKeySpec(new byte[1], "AES"), used(key())),
        () -> List.of(subject(1), subject(100)),
        () -> List.of(new X500Principal("CN=a, O=b"), new X500Principal("cn=A,o=B")));
  }

  private static Object reflect() {
    return new ReflectPermission(Keys.fresh("newProxyInPackage.a"));
  }

  private static FilePermission file(String actions) {
    FilePermission permission = new FilePermission("/a", actions);
    permission.getActions();
    return permission;
  }

  private static Object source(String url) throws Exception {
    return new CodeSource(new URL(url), (Certificate[]) null);
  }

  private static Object key() {
    return new SecretKeySpec(new byte[1], Keys.fresh("AES"));
  }

  private static Object subject(int room) {
    Set<X500Principal> principals = new HashSet<>(room);
    principals.add(new X500Principal("CN=a"));
    return new Subject(false, principals, Set.of(), Set.of());
  }

  private static Stream<Callable<List<Object>>> others() {
    return Stream.of(
        () -> List.of(new File("/a"), used(new File("/", "a"))),
        () -> List.of(new java.sql.Date(1), used(new java.sql.Date(1))),
        () -> List.of(new java.sql.Time(1), used(new java.sql.Time(1))),
        () -> List.of(new java.sql.Timestamp(1), used(new java.sql.Timestamp(1))),
        () -> List.of(Level.INFO, Level.parse("800")),
        () -> List.of(new QName("urn:a", "b"), new QName("urn:a", "b", "prefix")),
        () -> List.of(new LdapName("CN=a,O=b"), used(new LdapName("CN=a,O=b"))),
        () -> List.of(new CompositeName("a/b"), new CompositeName("a").add("b")),
        () -> List.of(new Attribute("a", List.of("b")), new Attribute("a", List.of("b"))),
        () -> List.of(new ObjectName("a:b=c,d=e"), used(new ObjectName("a:d=e,b=c"))),
        () -> List.of(new ObjectInstance("a:b=c,d=e", "x"), new ObjectInstance("a:d=e,b=c", "x")));
  }

  /** After its public methods were called. */
  static Object used(Object object) {
    assertThat(object).hasSameHashCodeAs(object).hasToString(object.toString());
    return object;
  }
}
