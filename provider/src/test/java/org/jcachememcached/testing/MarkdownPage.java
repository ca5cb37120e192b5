package org.jcachememcached.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page of the documentation: its anchors, links and samples. Immutable. */
public final class MarkdownPage {

  private static final String FENCE = "```";
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*)");
  private static final Pattern LINK = Pattern.compile("\\[([^\\]]*)\\]\\(([^)\\s]+)\\)");
  private static final Pattern CODE_SPAN = Pattern.compile("`[^`\n]+`");

  private final Path file;
  private final String text;
  private final Set<String> anchors;
  private final List<Link> links;
  private final List<Sample> samples;

  /** A link, wherever it leads. */
  public record Link(int line, String target) {}

  /** A fenced block of code. */
  public record Sample(Path page, int line, String language, String code) {

    @Override
    public String toString() {
      return page.getFileName() + ":" + line;
    }
  }

  /** Reads a page. */
  public MarkdownPage(Path file) {
    this.file = file;
    this.text = textOf(file);
    List<String> prose = new ArrayList<>();
    List<Sample> blocks = new ArrayList<>();
    split(prose, blocks);
    this.anchors = anchorsOf(prose);
    this.links = linksOf(String.join("\n", prose));
    this.samples = List.copyOf(blocks);
  }

  private static String textOf(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Separates samples from prose, in which empty lines take their place. */
  private void split(List<String> prose, List<Sample> blocks) {
    List<String> block = new ArrayList<>();
    String language = null;
    for (String line : text.lines().toList()) {
      boolean isProse = false;
      if (language == null && line.startsWith(FENCE)) {
        language = line.substring(FENCE.length()).strip();
      } else if (language == null) {
        isProse = true;
      } else if (line.startsWith(FENCE)) {
        int first = prose.size() - block.size() + 1;
        blocks.add(new Sample(file, first, language, String.join("\n", block) + "\n"));
        block.clear();
        language = null;
      } else {
        block.add(line);
      }
      prose.add(isProse ? line : "");
    }
    if (language != null) {
      throw new IllegalArgumentException(file + ": the last block of code has no end");
    }
  }

  /** By GitHub's rules. */
  private static Set<String> anchorsOf(List<String> prose) {
    Set<String> anchors = new LinkedHashSet<>();
    Map<String, Integer> repeated = new HashMap<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String anchor = anchorOf(heading.group(1));
        int earlier = repeated.merge(anchor, 1, Integer::sum) - 1;
        anchors.add(earlier == 0 ? anchor : anchor + "-" + earlier);
      }
    }
    return Set.copyOf(anchors);
  }

  private static String anchorOf(String heading) {
    return LINK.matcher(heading)
        .replaceAll("$1")
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static List<Link> linksOf(String prose) {
    // A code span may look like a link, and its brackets would hide a link around it.
    String withoutCode =
        CODE_SPAN.matcher(prose).replaceAll(span -> "x".repeat(span.group().length()));
    List<Link> links = new ArrayList<>();
    Matcher link = LINK.matcher(withoutCode);
    while (link.find()) {
      int line = (int) withoutCode.substring(0, link.start()).lines().count();
      links.add(new Link(line, link.group(2)));
    }
    return List.copyOf(links);
  }

  /** Where the page is. */
  public Path file() {
    return file;
  }

  /** The page as it is. */
  public String text() {
    return text;
  }

  /** The anchors of its headings, as links have them after the {@code #}. */
  public Set<String> anchors() {
    return anchors;
  }

  /** The links outside of samples, in their order. */
  public List<Link> links() {
    return links;
  }

  /** The samples in a language, in their order. */
  public List<Sample> samples(String language) {
    return samples.stream().filter(sample -> sample.language().equals(language)).toList();
  }

  @Override
  public String toString() {
    return file.getFileName().toString();
  }
}
