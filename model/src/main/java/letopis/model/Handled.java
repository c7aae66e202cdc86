package letopis.model;

import java.util.List;
import java.util.Optional;

import letopis.store.Appended;

/**
 * What became of a command.
 *
 * @param state    the state after it
 * @param events   what happened; empty where nothing needed to
 * @param appended where the events are now; nothing where there are none
 * @param position whoever has seen everything up to here has seen the outcome of this command: the position of the last of
 *                 its events, or the head it was decided on where there are none
 */
public record Handled<S, E>(S state, List<E> events, Optional<Appended> appended, long position) {
    public Handled {
        events = List.copyOf(events);
    }
}
