/**
 * Events as lines of JSON: the form that is imported and exported. Start with {@link letopis.cli.line.LineParser}, which says
 * what a line holds, and {@link letopis.cli.line.LineWriter}, which writes nothing that the parser would not read back byte by byte.
 */
@NullMarked
package letopis.cli.line;

import org.jspecify.annotations.NullMarked;
