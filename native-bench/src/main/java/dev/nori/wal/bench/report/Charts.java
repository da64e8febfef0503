package dev.nori.wal.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** Bars in groups: a group for each place on the x axis, a bar for each series. */
final class Charts {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 560;
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 16);
    private static final Color[] COLORS = {
        new Color(0x1f6fb4), new Color(0xf28e2b), new Color(0x59a14f), new Color(0xe15759), new Color(0x8c6bb1),
        new Color(0x4fb3bf), new Color(0x9c755f), new Color(0x7f7f7f), new Color(0xedc948), new Color(0xff9da7)
    };

    private Charts() {}

    /** How the y axis counts. */
    enum Scale {
        /** From zero. */
        LINEAR,
        /** In powers of ten: for what differs by more than a bar can show. */
        LOGARITHMIC
    }

    /**
     * Writes a PNG.
     *
     * @param series values by name, one for each place; null where there is none
     */
    static void bars(
            Path file, String title, String unit, Scale scale, List<String> places, Map<String, List<Double>> series)
            throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .yAxisTitle(unit)
                .build();
        style(chart);
        chart.getStyler().setYAxisDecimalPattern("#,##0.###");
        chart.getStyler().setYAxisLogarithmic(scale == Scale.LOGARITHMIC);
        series.forEach((name, values) -> chart.addSeries(name, places, values));
        ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", file.toFile());
    }

    private static void style(CategoryChart chart) {
        chart.getStyler()
                .setAvailableSpaceFill(0.8)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setSeriesColors(COLORS)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(TITLE)
                .setLegendFont(TEXT);
        chart.getStyler().setAxisTickLabelsFont(TEXT).setAxisTitleFont(TEXT);
    }
}
