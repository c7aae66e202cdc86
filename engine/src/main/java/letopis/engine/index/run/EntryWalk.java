package letopis.engine.index.run;

import org.jspecify.annotations.Nullable;

/** Goes through the entries of one kind, in the order of their names' bytes. */
@FunctionalInterface
public interface EntryWalk {
    /** The next entry; null at the end. */
    @Nullable
    Entry next();
}
