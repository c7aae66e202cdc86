package letopis.engine.index;

import java.util.List;

/** The positions that all of several cursors have: the first leads, which should be the rarest, and the others are asked. */
final class IntersectionCursor implements PositionCursor {
    private final PositionCursor[] cursors;

    private IntersectionCursor(List<PositionCursor> cursors) {
        this.cursors = cursors.toArray(PositionCursor[]::new);
    }

    static PositionCursor of(List<PositionCursor> rarestFirst) {
        return rarestFirst.size() == 1 ? rarestFirst.getFirst() : new IntersectionCursor(rarestFirst);
    }

    @Override
    public long seek(long target) {
        long key = cursors[0].seek(target);
        int agreed = 1;
        int asked = 1;
        while (agreed < cursors.length && key != END) {
            long other = cursors[asked].seek(key);
            if (other == key) {
                agreed++;
            } else {
                key = other;
                agreed = 1;
            }
            asked = asked + 1 == cursors.length ? 0 : asked + 1;
        }
        return key;
    }
}
