/** What {@code docs/guide.md} shows, compiled and run. */
@NullMarked
package letopis.example.guide;

import org.jspecify.annotations.NullMarked;
