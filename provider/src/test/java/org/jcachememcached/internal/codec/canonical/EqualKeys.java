package org.jcachememcached.internal.codec.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jcachememcached.internal.codec.Codecs;
import org.jcachememcached.internal.codec.serialization.JavaSerialization;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;

/** Equal keys that came about in different ways, of classes as applications have them. */
@SuppressWarnings("JdkObsolete") // Applications have them in their keys nevertheless.
final class EqualKeys {

  private EqualKeys() {}

  static Stream<Named<List<Object>>> all() {
    return Stream.of(
        named("principals", List.of(principals(16), principals(1024), copy(principals(16)))),
        named("a hash code that is kept", List.of(new Kept("a"), hashed(new Kept("a")))),
        named(
            "a kept hash code below",
            List.of(new Box(new Kept("a")), hashed(new Box(new Kept("a"))))),
        named("lists of all kinds", boxes(lists())),
        named("sets of all kinds", boxes(sets())),
        named("maps of all kinds", boxes(maps())),
        named("dates that are shared or not", sharedOrNot(() -> LocalDate.of(2026, 11, 21))),
        named("lists that are shared or not", sharedOrNot(() -> new ArrayList<>(List.of("a")))),
        named("own parts that are shared or not", sharedOrNot(() -> new Box("a"))),
        named("an address that was looked up", boxes(List.of(address(null), address("here")))),
        named("a collection of a demanded class", List.of(demanding(10), demanding(1_000))),
        named("a collection with code of its own", List.of(bag("a", "b"), bag("b", "a"))),
        named("what a proxy stands for", List.of(new Proxied("a", "b"), new Proxied("b", "a"))),
        named("an object that leads to itself", List.of(family(), copy(family()))));
  }

  /** As security frameworks have it: written by hand, its maps made when they are needed. */
  static final class Principals implements Serializable {
    private static final long serialVersionUID = 1L;
    private transient Map<String, Set<Object>> realms;
    private transient @Nullable String cachedText;

    Principals(Map<String, Set<Object>> realms) {
      this.realms = realms;
    }

    private void writeObject(ObjectOutputStream out) throws IOException {
      out.defaultWriteObject();
      out.writeBoolean(!realms.isEmpty());
      out.writeObject(realms);
    }

    @SuppressWarnings("unchecked")
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      in.readBoolean();
      realms = (Map<String, Set<Object>>) in.readObject();
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Principals that && realms.equals(that.realms);
    }

    @Override
    public int hashCode() {
      return realms.hashCode();
    }

    @Override
    public String toString() {
      cachedText = String.join(",", realms.keySet());
      return cachedText;
    }
  }

  private static Principals principals(int room) {
    Map<String, Set<Object>> realms = new LinkedHashMap<>(room);
    for (String realm : List.of("ldap", "file")) {
      Set<Object> names = new LinkedHashSet<>(room);
      names.addAll(List.of("joe", 7, new Box(new HashMap<>(Map.of("uid", 7)))));
      realms.put(realm, names);
    }
    return new Principals(new HashMap<>(realms));
  }

  static final class Kept implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String text;
    private int hash;

    Kept(String text) {
      this.text = text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Kept that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
      if (hash == 0) {
        hash = text.hashCode();
      }
      return hash;
    }
  }

  private static Object hashed(Object key) {
    assertThat(key).hasSameHashCodeAs(key);
    return key;
  }

  static final class Box implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Object content;

    Box(Object content) {
      this.content = content;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Box that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
      return content.hashCode();
    }
  }

  private static List<Object> boxes(List<?> contents) {
    return contents.stream().<Object>map(Box::new).toList();
  }

  @SuppressWarnings("JdkObsolete") // Applications use them nevertheless.
  private static List<Object> lists() {
    List<Object> grown = new ArrayList<>(1_000);
    grown.addAll(List.of("a", "b", DayOfWeek.MONDAY));
    List<Object> shrunk = new Vector<>(grown);
    shrunk.add("c");
    shrunk.remove("c");
    return List.of(
        grown,
        shrunk,
        List.copyOf(grown),
        Arrays.asList(grown.toArray()),
        Stream.of(grown.toArray()).toList(),
        Collections.unmodifiableList(grown),
        new LinkedList<>(grown),
        new CopyOnWriteArrayList<>(grown));
  }

  private static List<Object> sets() {
    Set<DayOfWeek> days = EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY, DayOfWeek.TUESDAY);
    Set<DayOfWeek> wide = new HashSet<>(1_000);
    wide.addAll(days);
    return List.of(
        days,
        wide,
        Set.copyOf(days),
        new LinkedHashSet<>(List.of(DayOfWeek.TUESDAY, DayOfWeek.MONDAY, DayOfWeek.FRIDAY)),
        Collections.synchronizedSet(days),
        concurrent(days));
  }

  private static Set<DayOfWeek> concurrent(Set<DayOfWeek> days) {
    Set<DayOfWeek> set = ConcurrentHashMap.newKeySet(500);
    set.addAll(days);
    return set;
  }

  private static List<Object> maps() {
    Map<DayOfWeek, Object> days = new EnumMap<>(DayOfWeek.class);
    days.put(DayOfWeek.MONDAY, List.of(1));
    days.put(DayOfWeek.TUESDAY, Set.of("a", "b", "c"));
    Map<DayOfWeek, Object> wide = new HashMap<>(1_000);
    wide.putAll(days);
    return List.of(
        days, wide, Map.copyOf(days), new TreeMap<>(days), new ConcurrentHashMap<>(days));
  }

  static final class Pair implements Serializable {
    private static final long serialVersionUID = 1L;
    private final Object one;
    private final Object other;

    Pair(Object one, Object other) {
      this.one = one;
      this.other = other;
    }

    @Override
    public boolean equals(@Nullable Object object) {
      return object instanceof Pair that && one.equals(that.one) && other.equals(that.other);
    }

    @Override
    public int hashCode() {
      return Objects.hash(one, other);
    }
  }

  private static List<Object> sharedOrNot(Supplier<Object> parts) {
    Object shared = parts.get();
    return List.of(new Pair(shared, shared), new Pair(parts.get(), parts.get()));
  }

  private static InetAddress address(@Nullable String host) {
    try {
      return InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  static final class Demanding implements Serializable {
    private static final long serialVersionUID = 1L;
    final Vector<Object> vector;
    final LinkedList<Object> list;
    final Properties properties = new Properties();
    final ConcurrentMap<Object, Integer> concurrent;
    final SortedMap<Object, Integer> sorted = new TreeMap<>(Collections.reverseOrder());
    final EnumMap<DayOfWeek, Object> days = new EnumMap<>(DayOfWeek.class);
    final EnumSet<DayOfWeek> set = EnumSet.of(DayOfWeek.MONDAY);

    @SuppressWarnings("JdkObsolete") // Applications use them nevertheless.
    Demanding(int room) {
      vector = new Vector<>(room, room);
      vector.add("a");
      list = new LinkedList<>(vector);
      concurrent = new ConcurrentHashMap<>(room);
      Arrays.stream(DayOfWeek.values()).forEach(day -> concurrent.put(day, 1));
      for (int i = 0; i < 100; i++) {
        properties.setProperty("k" + (room == 10 ? i : 99 - i), "v");
      }
      sorted.put("a", 1);
      sorted.put("b", 2);
      days.put(DayOfWeek.MONDAY, new ArrayList<>(room));
    }

    private List<Object> all() {
      return List.of(vector, list, properties, concurrent, sorted, days, set);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Demanding that && all().equals(that.all());
    }

    @Override
    public int hashCode() {
      return all().hashCode();
    }
  }

  private static Demanding demanding(int room) {
    return new Demanding(room);
  }

  /** Its order is that in which it was filled, until it has been read: then it is sorted. */
  static final class Bag implements Serializable {
    private static final long serialVersionUID = 1L;
    private String[] words;

    Bag(String... words) {
      this.words = words;
    }

    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      Arrays.sort(words);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Bag that && Set.of(words).equals(Set.of(that.words));
    }

    @Override
    public int hashCode() {
      return Set.of(words).hashCode();
    }
  }

  static Bag bag(String... words) {
    return new Bag(words);
  }

  static final class Proxied implements Serializable {
    private static final long serialVersionUID = 1L;
    private final transient Set<String> words;

    Proxied(String... words) {
      this.words = Set.of(words);
    }

    private Object writeReplace() {
      return new Proxy(new LinkedHashSet<>(words));
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Proxied that && words.equals(that.words);
    }

    @Override
    public int hashCode() {
      return words.hashCode();
    }

    record Proxy(Set<String> words) implements Serializable {
      private Object readResolve() {
        return new Proxied(words.toArray(String[]::new));
      }
    }
  }

  static final class Person implements Serializable {
    private static final long serialVersionUID = 1L;
    private final String name;
    private final List<Person> children = new ArrayList<>();

    @SuppressWarnings("UnusedVariable") // Serialized, it leads back.
    private @Nullable Person parent;

    Person(String name) {
      this.name = name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Person that
          && name.equals(that.name)
          && children.equals(that.children);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private static Person family() {
    Person parent = new Person("Ada");
    Person child = new Person("Byron");
    child.parent = parent;
    parent.children.add(child);
    return parent;
  }

  /** As another JVM would get it. */
  static Object copy(Object object) {
    JavaSerialization serialization = Codecs.serialization();
    byte[] bytes = serialization.serialize(object);
    return serialization.deserialize(bytes, 0, bytes.length);
  }
}
