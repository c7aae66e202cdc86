package letopis.engine;

import java.util.List;

import letopis.store.RecordedEvent;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Of a packed segment whose header is damaged, nothing can be told: a repair ends the log before it, and keeps the file. */
class PackedRepairTest {
    @Test
    void logEndsBeforeAPackedSegmentWhoseHeaderIsDamaged() {
        StoreToDamage store = StoreToDamage.of(1 << 16, false, 5);
        String packed = "00000003.packed";
        long head = store.places()
                .entrySet()
                .stream()
                .filter(it -> it.getValue() >>> 32 < 3)
                .mapToLong(it -> it.getKey())
                .max()
                .orElseThrow();
        BytesDisk disk = store.copy();
        disk.flip(packed, 33, 2);

        RepairReport report = StoreRepair.repair(Disks.NAME, disk);

        assertThat(report.head()).isEqualTo(head);
        assertThat(report.setAside()).contains(packed);
        assertThat(disk.files()).contains(packed + ".given-up");
        List<RecordedEvent> kept = store.written()
                .content()
                .events()
                .stream()
                .filter(it -> it.position() <= head)
                .toList();
        try (EmbeddedEventStore opened = StoreToDamage.openForWriting(disk)) {
            assertThat(opened.head()).isEqualTo(head);
            assertThat(StoreContent.of(opened).events()).hasSizeGreaterThanOrEqualTo(kept.size());
        }
        assertThat(DamageJudge.verify(disk)).isEmpty();
    }
}
