/** The story that the demo tells. Start with {@link letopis.cli.demo.Demo}. */
@NullMarked
package letopis.cli.demo;

import org.jspecify.annotations.NullMarked;
