package letopis.model.projection;

import java.util.List;
import java.util.Optional;

import letopis.model.Codec;
import letopis.model.CodecException;
import letopis.model.JsonCodec;
import letopis.model.Recorded;

/** A state in memory, saved with its checkpoint. */
final class FoldedReadModel<S extends Record, E> implements ReadModel<E, S> {
    private static final Codec CODEC = JsonCodec.DEFAULT;

    private final FoldedProjection<S, E> projection;
    private final CheckpointStore checkpoints;
    private volatile S state;
    private long position;
    private long saved;

    private FoldedReadModel(FoldedProjection<S, E> projection, CheckpointStore checkpoints, S state, long position) {
        this.projection = projection;
        this.checkpoints = checkpoints;
        this.state = state;
        this.position = position;
        this.saved = position;
    }

    static <S extends Record, E> FoldedReadModel<S, E> open(FoldedProjection<S, E> projection,
            CheckpointStore checkpoints) {
        Projection<E> source = projection.source();
        Optional<Checkpoint> found = checkpoints.load(source.name(), source.version());
        if (found.isEmpty()) {
            return new FoldedReadModel<>(projection, checkpoints, projection.initial(), 0);
        }
        @SuppressWarnings("unchecked") // the class of an S
        Class<S> type = (Class<S>) projection.initial().getClass();
        try {
            S state = CODEC.read(found.get().state(), type);
            return new FoldedReadModel<>(projection, checkpoints, state, found.get().position());
        } catch (CodecException e) {
            throw new CheckpointException("the saved state of " + source + " is not what the projection holds now: "
                    + e.getMessage() + ". Give the changed projection a higher version, and it is built anew", e);
        }
    }

    @Override
    public long checkpoint() {
        return saved;
    }

    @Override
    public void apply(List<Recorded<E>> events, long to) {
        S next = state;
        for (Recorded<E> event : events) {
            next = projection.evolve().apply(next, event);
        }
        state = next;
        position = to;
    }

    @Override
    public void save() {
        if (position > saved) {
            checkpoints.save(projection.source().name(), projection.source().version(),
                    new Checkpoint(position, CODEC.write(state)));
            saved = position;
        }
    }

    @Override
    public S view() {
        return state;
    }
}
