package letopis.journal.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;

import letopis.journal.BlockDraft;
import letopis.journal.EventEraser;
import letopis.journal.Journal;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;

/** A journal of small events whose payloads say their positions, and what it must hold when some of them are erased. */
final class PackedStore {
    static final JournalOptions TINY = JournalOptions.DEFAULT.withSegmentBytes(2048, 4096)
            .withPreparation(Runnable::run);
    static final String MARKER = "SECRET";

    private PackedStore() {}

    /** Appends events in blocks of three. */
    static void append(Journal journal, int blocks) throws IOException {
        for (int block = 0; block < blocks; block++) {
            BlockDraft draft = journal.draft(3, 3 * 100);
            for (int i = 1; i <= 3; i++) {
                byte[] payload = payload(journal.lastPosition() + i);
                draft.add(RecordKind.EVENT, payload, 0, payload.length);
            }
            journal.append(draft);
        }
    }

    static byte[] payload(long position) {
        return (MARKER + position + "." + "x".repeat((int) (position * 7 % 60))).getBytes(StandardCharsets.UTF_8);
    }

    static EventEraser eraser(LongPredicate which) {
        return (position, _) -> which.test(position) ? Optional.of(new byte[]{42}) : Optional.empty();
    }

    /** Compares all events; returns the positions of those that are erased. */
    static List<Long> check(Journal journal, long events, LongPredicate may, LongPredicate must) throws IOException {
        List<Long> erased = new ArrayList<>();
        long[] seen = {0};
        journal.replay(1, (_, kind, position, place, payload) -> {
            seen[0]++;
            byte[] expected = payload(position);
            if (kind == RecordKind.ERASED) {
                erased.add(position);
                Arrays.fill(expected, (byte) 0);
                expected[0] = 42;
            }
            boolean right = position == seen[0] && payload.equals(ByteBuffer.wrap(expected))
                    && (kind == RecordKind.ERASED ? may.test(position) : !must.test(position));
            if (!right) {
                throw new AssertionError(kind + " at position " + position + " is not what it must be");
            }
        });
        if (seen[0] != events) {
            throw new AssertionError("there are " + seen[0] + " events and there should be " + events);
        }
        return erased;
    }

    /** The files in which the payload of an event can be found. */
    static List<String> filesWith(Disk disk, long position) throws IOException {
        byte[] wanted = (MARKER + position + ".").getBytes(StandardCharsets.UTF_8);
        List<String> found = new ArrayList<>();
        for (String name : disk.list()) {
            byte[] content = content(disk, name);
            for (int at = 0; at + wanted.length <= content.length; at++) {
                if (Arrays.equals(content, at, at + wanted.length, wanted, 0, wanted.length)) {
                    found.add(name);
                    break;
                }
            }
        }
        return found;
    }

    static byte[] content(Disk disk, String name) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.READ)) {
            byte[] content = new byte[(int) file.size()];
            file.read(0, content, 0, content.length);
            return content;
        }
    }
}
