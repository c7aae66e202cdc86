package letopis.engine.index;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import letopis.engine.record.TagsRecord;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.RecordingDisk;
import letopis.store.Event;
import letopis.store.RecordedEvent;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tags that are added to events in any order, also more than once, against a map of all of them. */
class AddedTagsTest {
    private static final long HIGHEST = 60;

    private final long seed = Long.getLong("letopis.index.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final TreeMap<Long, Set<String>> expected = new TreeMap<>();
    private final TreeMap<String, Long> reached = new TreeMap<>();

    private AddedTags some(AddedTags before) {
        List<TagsRecord> records = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            long position = 1 + random.nextLong(HIGHEST);
            Set<String> tags = new TreeSet<>();
            for (int j = 1 + random.nextInt(3); j > 0; j--) {
                tags.add("t:" + random.nextInt(6));
            }
            records.add(new TagsRecord.Added(position, tags));
            expected.computeIfAbsent(position, _ -> new TreeSet<>()).addAll(tags);
        }
        if (random.nextInt(3) == 0) {
            String name = "retagging-" + random.nextInt(3);
            long position = random.nextInt(100);
            records.add(new TagsRecord.Reached(position, name));
            reached.merge(name, position, Math::max);
        }
        return before.with(records);
    }

    private void check(AddedTags tags) {
        assertThat(tags.isEmpty()).isEqualTo(expected.isEmpty());
        for (long position = 0; position <= HIGHEST + 1; position++) {
            Event event = Event.of("T", "{}").withTags("own");
            RecordedEvent recorded = new RecordedEvent("s", 1, position, Instant.EPOCH, event);
            Set<String> all = new TreeSet<>(expected.getOrDefault(position, Set.of()));
            all.add("own");
            RecordedEvent applied = tags.applied(recorded);
            assertThat(applied.event().tags()).as("seed %s, event %s", seed, position).isEqualTo(all);
            assertThat(applied).isEqualTo(new RecordedEvent("s", 1, position, Instant.EPOCH, event.withTags(all)));
            if (!expected.containsKey(position)) {
                assertThat(applied).isSameAs(recorded);
            }
        }
        for (int tag = 0; tag < 7; tag++) {
            String name = "t:" + tag;
            List<Long> positions = expected.entrySet()
                    .stream()
                    .filter(it -> it.getValue().contains(name))
                    .map(Map.Entry::getKey)
                    .toList();
            List<Long> found = new ArrayList<>();
            PositionCursor cursor = tags.positions(name).cursor(1, HIGHEST, false);
            for (long key = cursor.seek(1); key != PositionCursor.END; key = cursor.seek(key + 1)) {
                found.add(key);
            }
            assertThat(found).as("seed %s, %s", seed, name).isEqualTo(positions);
        }
        for (String name : List.of("retagging-0", "retagging-1", "retagging-2", "never")) {
            assertThat(tags.reached(name)).as("seed %s", seed).isEqualTo(reached.getOrDefault(name, 0L));
        }
    }

    @RepeatedTest(20)
    void whateverWasAddedIsThereOnce() throws IOException {
        RecordingDisk disk = new RecordingDisk();
        AddedTags tags = AddedTags.NONE;
        for (int step = 0; step < 12; step++) {
            tags = some(tags);
            check(tags);
        }
        check(AddedTags.NONE.with(tags.records()));
        AddedTagsFile saved = AddedTagsFile.save(disk, tags);
        check(saved.read(disk).orElseThrow());
        assertThat(AddedTagsFile.save(disk, tags)).isEqualTo(saved);
        assertThat(disk.list()).containsExactly(saved.name());
    }

    @RepeatedTest(20)
    void whatIsErasedHasNoTagsAnyMore() {
        AddedTags tags = AddedTags.NONE;
        for (int step = 0; step < 8; step++) {
            tags = some(tags);
        }
        long gone = 1 + random.nextLong(HIGHEST);
        AddedTags less = tags.without(position -> position == gone);
        assertThat(less == tags).as("nothing was to be done").isEqualTo(!expected.containsKey(gone));
        expected.remove(gone);
        check(less);
        expected.clear();
        check(less.without(_ -> true));
    }

    @Test
    void aFileThatIsNotAsItWasWrittenIsNotRead() throws IOException {
        RecordingDisk disk = new RecordingDisk();
        assertThat(AddedTagsFile.NONE.read(disk)).isPresent();
        AddedTagsFile saved = AddedTagsFile.save(disk,
                AddedTags.NONE.with(List.of(new TagsRecord.Added(7, new TreeSet<>(Set.of("a"))))));
        assertThat(saved.read(disk)).isPresent();
        try (DiskFile file = disk.open(saved.name(), Disk.Access.WRITE)) {
            byte[] one = new byte[1];
            for (int at = 0; at < saved.bytes(); at++) {
                file.read(at, one, 0, 1);
                one[0] ^= 4;
                file.write(at, one, 0, 1);
                assertThat(saved.read(disk)).as("byte %s", at).isEmpty();
                one[0] ^= 4;
                file.write(at, one, 0, 1);
            }
            file.write(saved.bytes(), one, 0, 1);
            assertThat(saved.read(disk)).as("a byte more").isEmpty();
            file.truncate(saved.bytes() - 1);
            assertThat(saved.read(disk)).as("a byte less").isEmpty();
        }
        disk.delete(saved.name());
        assertThat(saved.read(disk)).isEqualTo(Optional.empty());
        assertThat(AddedTagsFile.isOne(saved.name())).isTrue();
        assertThat(AddedTagsFile.isOne(new Manifest.RunFile(1, 0, 0, 0, 0).name())).isFalse();
    }
}
