/** What was measured, for machines and for people. Start with {@link letopis.benchmarks.report.Scoreboard}. */
@NullMarked
package letopis.benchmarks.report;

import org.jspecify.annotations.NullMarked;
