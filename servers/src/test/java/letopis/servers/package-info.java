/** What the servers must do for the tests of others. */
@NullMarked
package letopis.servers;

import org.jspecify.annotations.NullMarked;
