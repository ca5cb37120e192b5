package org.jcachememcached.benchmarks;

import java.util.List;
import java.util.Locale;

/** Figures as horizontal bars, in panels below each other, as a picture in SVG. Immutable. */
record BarChart(List<Panel> panels) {

  /** Bars of one measure; the longest takes the whole width. */
  record Panel(String title, List<Bar> bars) {

    private double largest() {
      return bars.stream().mapToDouble(Bar::value).max().orElse(0);
    }

    private int height() {
      return TITLE_HEIGHT + bars.size() * BAR_HEIGHT + MARGIN;
    }
  }

  /** One figure, not negative. */
  record Bar(String label, double value) {}

  private static final int MARGIN = 16;
  private static final int LABELS = 210;
  private static final int BARS = 400;
  private static final int FIGURES = 80;
  private static final int WIDTH = MARGIN + LABELS + BARS + FIGURES + MARGIN;
  private static final int TITLE_HEIGHT = 30;
  private static final int BAR_HEIGHT = 26;
  private static final int BAR_THICKNESS = 18;
  private static final int BASELINE = 14;
  private static final int GAP = 8;

  /** A whole document; its background is white, so it can be read on a page of any colour. */
  String toSvg() {
    StringBuilder svg = new StringBuilder();
    int height = MARGIN + panels.stream().mapToInt(Panel::height).sum();
    append(
        svg,
        "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' font-family='sans-serif' font-size='14'>",
        WIDTH,
        height);
    append(svg, "<rect width='%d' height='%d' fill='#ffffff'/>", WIDTH, height);
    int top = MARGIN;
    for (Panel panel : panels) {
      appendPanel(svg, panel, top);
      top += panel.height();
    }
    append(svg, "</svg>");
    return svg.toString();
  }

  private static void appendPanel(StringBuilder svg, Panel panel, int top) {
    appendText(svg, MARGIN, top + BASELINE, "start", panel.title());
    int barTop = top + TITLE_HEIGHT;
    for (Bar bar : panel.bars()) {
      int left = MARGIN + LABELS;
      long length = length(bar.value(), panel.largest());
      appendText(svg, left - GAP, barTop + BASELINE, "end", bar.label());
      append(
          svg,
          "<rect x='%d' y='%d' width='%d' height='%d' fill='#2b6cb0'/>",
          left,
          barTop,
          length,
          BAR_THICKNESS);
      appendText(svg, left + length + GAP, barTop + BASELINE, "start", Spread.text(bar.value()));
      barTop += BAR_HEIGHT;
    }
  }

  private static long length(double value, double largest) {
    return largest > 0 ? Math.round(BARS * value / largest) : 0;
  }

  private static void appendText(StringBuilder svg, long x, int y, String anchor, String text) {
    append(
        svg,
        "<text x='%d' y='%d' text-anchor='%s' fill='#1a202c'>%s</text>",
        x,
        y,
        anchor,
        escape(text));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static void append(StringBuilder svg, String element, Object... values) {
    svg.append(String.format(Locale.ROOT, element, values)).append('\n');
  }
}
