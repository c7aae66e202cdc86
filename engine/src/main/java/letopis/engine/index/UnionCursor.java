package letopis.engine.index;

import java.util.List;

/** The positions of any of several cursors, each once: a heap with the cursor that is furthest behind on top. */
final class UnionCursor implements PositionCursor {
    private final PositionCursor[] heap;
    private final long[] keys;
    private int size;

    private UnionCursor(List<PositionCursor> cursors) {
        heap = cursors.toArray(PositionCursor[]::new);
        keys = new long[heap.length];
        size = heap.length;
        for (int i = 0; i < size; i++) {
            keys[i] = heap[i].seek(Long.MIN_VALUE + 1);
        }
        for (int i = size / 2 - 1; i >= 0; i--) {
            sink(i);
        }
    }

    static PositionCursor of(List<PositionCursor> cursors) {
        return switch (cursors.size()) {
            case 0 -> PositionCursor.none();
            case 1 -> cursors.getFirst();
            default -> new UnionCursor(cursors);
        };
    }

    @Override
    public long seek(long target) {
        while (size > 0 && keys[0] < target) {
            keys[0] = heap[0].seek(target);
            if (keys[0] == END) {
                size--;
                heap[0] = heap[size];
                keys[0] = keys[size];
            }
            sink(0);
        }
        return size == 0 ? END : keys[0];
    }

    private void sink(int from) {
        int at = from;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                return;
            }
            if (child + 1 < size && keys[child + 1] < keys[child]) {
                child++;
            }
            if (keys[at] <= keys[child]) {
                return;
            }
            PositionCursor cursor = heap[at];
            long key = keys[at];
            heap[at] = heap[child];
            keys[at] = keys[child];
            heap[child] = cursor;
            keys[child] = key;
            at = child;
        }
    }
}
