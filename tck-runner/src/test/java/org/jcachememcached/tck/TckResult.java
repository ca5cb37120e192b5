package org.jcachememcached.tck;

import static java.util.stream.Collectors.toCollection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What came out of one run of the TCK. Immutable.
 *
 * @param run tests that ran, the ones that excluded themselves included: the TCK lets those pass
 * @param skipped tests that were found and not run
 * @param failures one line for each failed test: its name, what went wrong, where
 * @param selfExcluded the tests that passed without running, as {@code Class#method}
 */
record TckResult(int run, int skipped, List<String> failures, SortedSet<String> selfExcluded) {

  private static final Pattern SELF_EXCLUDED =
      Pattern.compile("===== EXCLUDING TEST '(?:\\w+\\.)*(\\w+)'\\s+'(\\w+)");
  private static final Pattern LINE_OF_THE_TEST =
      Pattern.compile("at (?:org\\.jsr107|javax\\.cache)\\S*\\.\\w+\\((\\w+Test1?\\.java:\\d+)\\)");

  /**
   * Reads a run's result.
   *
   * @param report the test report in the format that JUnit writes
   * @param output what the TCK's JVM printed; nothing but this tells which tests excluded
   *     themselves
   */
  static TckResult read(Path report, Path output) throws IOException {
    List<Element> tests = elements(parse(report), "testcase");
    List<String> failures = new ArrayList<>();
    int skipped = 0;
    for (Element test : tests) {
      skipped += elements(test, "skipped").size();
      elements(test, "failure").forEach(failure -> failures.add(describe(test, failure)));
      elements(test, "error").forEach(error -> failures.add(describe(test, error)));
    }
    return new TckResult(
        tests.size() - skipped, skipped, failures, selfExcluded(Files.readString(output)));
  }

  private static SortedSet<String> selfExcluded(String output) {
    return SELF_EXCLUDED
        .matcher(output)
        .results()
        .map(match -> match.group(1) + "#" + match.group(2))
        .collect(toCollection(TreeSet::new));
  }

  private static String describe(Element test, Element failure) {
    String where =
        LINE_OF_THE_TEST
            .matcher(failure.getTextContent())
            .results()
            .findFirst()
            .map((MatchResult match) -> " (" + match.group(1) + ")")
            .orElse("");
    return "%s#%s: %s: %s%s"
        .formatted(
            test.getAttribute("classname"),
            test.getAttribute("name"),
            failure.getAttribute("type"),
            failure.getAttribute("message").lines().findFirst().orElse(""),
            where);
  }

  private static Element parse(Path report) throws IOException {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(report.toFile())
          .getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException("The TCK's report " + report + " cannot be read", e);
    }
  }

  private static List<Element> elements(Element parent, String name) {
    NodeList found = parent.getElementsByTagName(name);
    return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i)).toList();
  }
}
