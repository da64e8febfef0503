package dev.nori.wal.crash;

import java.util.List;

/**
 * What a level has to say.
 *
 * @param matrix its cells
 * @param findings broken promises; none if all is well
 * @param skips parts that could not run here, each with its reason, as {@code xfs: mkfs.xfs not found}
 * @param notes what a reader should know besides, such as the moments of the cuts
 */
public record LevelResult(Matrix matrix, List<Finding> findings, List<String> skips, List<String> notes) {}
