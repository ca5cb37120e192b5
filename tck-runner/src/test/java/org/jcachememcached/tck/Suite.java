package org.jcachememcached.tck;

import java.util.List;

/**
 * A part of the TCK, which needs JVMs of its own: the tests of the API close the caching provider
 * under its other users. Immutable.
 *
 * @param name for the table and the reports
 * @param filter selects the tests, an argument of JUnit's console launcher
 * @param tests how many there are
 * @param selfExcluded the tests that pass without running, as {@code Class#method}, in alphabetical
 *     order
 */
record Suite(String name, String filter, int tests, List<String> selfExcluded) {

  private static final String ANNOTATION_PACKAGE = "org.jsr107.tck.annotation";

  /** Storing by reference is an optional feature, which a remote store cannot offer. */
  private static final Suite API =
      new Suite(
          "API",
          "--exclude-package=" + ANNOTATION_PACKAGE,
          481,
          List.of(
              "CachingTest#dummyTest",
              "StoreByReferenceTest#getAndPut_Existing",
              "StoreByReferenceTest#getAndPut_Existing_NotSameKey",
              "StoreByReferenceTest#getAndPut_NotThere",
              "StoreByReferenceTest#getAndReplace",
              "StoreByReferenceTest#get_Existing",
              "StoreByReferenceTest#get_Existing_NotSameKey",
              "StoreByReferenceTest#putAll",
              "StoreByReferenceTest#putIfAbsent_Missing",
              "StoreByReferenceTest#putIfAbsent_There",
              "StoreByReferenceTest#put_Existing_NotSameKey",
              "StoreByReferenceTest#replace_3arg",
              "TypesTest#simpleAPINoGenericsAndNoTypeEnforcementStoreByReference"));

  /**
   * With Guice. If Guice cannot create what these tests need, they exclude themselves and pass:
   * that none does shows that they ran.
   */
  private static final Suite ANNOTATIONS =
      new Suite("annotations", "--include-package=" + ANNOTATION_PACKAGE, 12, List.of());

  static List<Suite> all() {
    return List.of(API, ANNOTATIONS);
  }

  @Override
  public String toString() {
    return name;
  }
}
