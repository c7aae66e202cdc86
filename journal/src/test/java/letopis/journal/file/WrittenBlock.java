package letopis.journal.file;

import java.util.List;
import java.util.random.RandomGenerator;

import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;

/** A block as a test knows it: the kinds and payloads of its records; none for the mark of a clean end. */
record WrittenBlock(List<RecordKind> kinds, List<byte[]> payloads) {
    static final WrittenBlock CLEAN_END = new WrittenBlock(List.of(), List.of());

    static WrittenBlock of(RecordKind kind, byte[] payload) {
        return new WrittenBlock(List.of(kind), List.of(payload));
    }

    /** Mostly small blocks of few records, sometimes one of several sectors, rarely one that fills a segment. */
    static WrittenBlock random(RandomGenerator random) {
        int records = 1 + random.nextInt(3);
        int most = switch (random.nextInt(16)) {
            case 0 -> 3000;
            case 1, 2, 3 -> 700;
            default -> 130;
        };
        RecordKind[] kinds = new RecordKind[records];
        byte[][] payloads = new byte[records][];
        for (int i = 0; i < records; i++) {
            kinds[i] = random.nextInt(5) == 0 ? RecordKind.FORGET : RecordKind.EVENT;
            payloads[i] = new byte[random.nextInt(most)];
            random.nextBytes(payloads[i]);
        }
        return new WrittenBlock(List.of(kinds), List.of(payloads));
    }

    boolean isCleanEnd() {
        return kinds.isEmpty();
    }

    long payloadBytes() {
        return payloads.stream().mapToLong(payload -> payload.length).sum();
    }

    int events() {
        return (int) kinds.stream().filter(RecordKind::takesPosition).count();
    }

    void addTo(BlockDraft draft) {
        for (int i = 0; i < kinds.size(); i++) {
            draft.add(kinds.get(i), payloads.get(i), 0, payloads.get(i).length);
        }
    }
}
