/** What is measured, one class per question. Start with {@link letopis.benchmarks.workload.Workload}. */
@NullMarked
package letopis.benchmarks.workload;

import org.jspecify.annotations.NullMarked;
