package io.framewarden.trainer.report;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Small pieces of HTML. Everything that is not made here is escaped. */
final class Html {
  private Html() {}

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** Three decimals, or a word for an absent metric. */
  static String metric(OptionalDouble metric) {
    return metric.isPresent()
        ? metric(metric.getAsDouble())
        : "<span class=\"absent\" title=\"absent: needs both classes\">absent</span>";
  }

  /** Three decimals. */
  static String metric(double metric) {
    return String.format(Locale.ROOT, "%.3f", metric);
  }

  /** A table of which the first column names the row; cells are HTML. */
  static String table(List<String> head, List<List<String>> rows) {
    StringBuilder html = new StringBuilder("<div class=\"wide\"><table><thead><tr>");
    head.forEach(cell -> html.append("<th scope=\"col\">").append(cell).append("</th>"));
    html.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      html.append("<tr><th scope=\"row\">").append(row.get(0)).append("</th>");
      // A cell may bring its own tag, to be coloured.
      row.subList(1, row.size())
          .forEach(cell -> html.append(cell.startsWith("<td") ? cell : "<td>" + cell + "</td>"));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /**
   * A cell on a scale of colour.
   *
   * @param share strength of the colour, 0..1
   * @param kind name of the scale in the style sheet
   */
  static String shaded(String text, double share, String kind) {
    double strength = Math.max(0, Math.min(1, share));
    return String.format(
        Locale.ROOT,
        "<td class=\"shade %s\" style=\"--s:%.0f%%\">%s</td>",
        kind,
        100 * strength,
        text);
  }
}
