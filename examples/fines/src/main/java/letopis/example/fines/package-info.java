/**
 * How the fines of an Italian town's police were handled, 2000 to 2013: a real log of half a million events. Start with
 * {@link letopis.example.fines.FineFacts}.
 */
@NullMarked
package letopis.example.fines;

import org.jspecify.annotations.NullMarked;
