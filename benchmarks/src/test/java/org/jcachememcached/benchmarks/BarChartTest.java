package org.jcachememcached.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jcachememcached.benchmarks.BarChart.Bar;
import org.jcachememcached.benchmarks.BarChart.Panel;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class BarChartTest {

  @Test
  void barsAreAsLongAsTheirFiguresInTheirPanel() throws Exception {
    Document svg =
        parse(
            new Panel("one", List.of(new Bar("a", 64), new Bar("b", 16), new Bar("c", 0))),
            new Panel("two", List.of(new Bar("a", 1), new Bar("b", 2))));

    // The first rectangle is the background.
    assertThat(attributes(svg, "rect", "width").subList(1, 6))
        .containsExactly("400", "100", "0", "200", "400");
  }

  @Test
  void everyBarHasItsLabelAndItsFigure() throws Exception {
    Document svg = parse(new Panel("calls < 1 s & more", List.of(new Bar("a", 1_234.4))));

    assertThat(texts(svg)).containsExactly("calls < 1 s & more", "a", "1,234");
  }

  @Test
  void allOfItIsInThePicture() throws Exception {
    Document svg = parse(new Panel("one", List.of(new Bar("a", 1), new Bar("b", 2))));

    int height = Integer.parseInt(svg.getDocumentElement().getAttribute("height"));
    assertThat(attributes(svg, "text", "y")).allMatch(y -> Integer.parseInt(y) < height);
  }

  private static Document parse(Panel... panels) throws Exception {
    String svg = new BarChart(List.of(panels)).toSvg();
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> texts(Document svg) {
    return elements(svg, "text").stream().map(Element::getTextContent).toList();
  }

  private static List<String> attributes(Document svg, String element, String attribute) {
    return elements(svg, element).stream().map(each -> each.getAttribute(attribute)).toList();
  }

  private static List<Element> elements(Document svg, String name) {
    NodeList nodes = svg.getElementsByTagName(name);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
