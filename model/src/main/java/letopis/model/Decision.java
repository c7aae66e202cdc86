package letopis.model;

import java.util.List;
import java.util.Optional;

/**
 * What is to happen, given a state: the events, or none if nothing needs to, or an exception of the application's own if it
 * must not. May be asked several times for one command, each time with the newest state, and so has no effect of its own.
 */
@FunctionalInterface
public interface Decision<S, E> {
    List<? extends E> decide(S state);

    /** The command's name, for the metadata of the events. */
    default Optional<String> command() {
        return Optional.empty();
    }
}
