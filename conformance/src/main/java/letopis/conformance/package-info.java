/** The suite that every event store passes. Start with {@link letopis.conformance.StoreFixture}. */
@NullMarked
package letopis.conformance;

import org.jspecify.annotations.NullMarked;
