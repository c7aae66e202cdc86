package letopis.engine;

import java.io.IOException;
import java.util.Arrays;

import letopis.engine.record.ForgetRecord;
import letopis.engine.record.Name;
import letopis.engine.record.PreparedEvent;
import letopis.journal.BlockDraft;
import letopis.journal.RecordKind;
import letopis.journal.disk.RecordingDisk;
import letopis.journal.file.FileJournal;
import letopis.journal.file.JournalOptions;
import letopis.store.Event;
import letopis.store.Forget;
import letopis.store.StoreDamagedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Records whose checksums are right and whose content cannot be: no opening believes them, and verify reports them. */
class WrongRecordTest {
    private final RecordingDisk disk = new RecordingDisk();

    @Test
    void positionThatIsNotItsOwn() throws IOException {
        write(event(1, 2, 0));
        isRefused("says 2, and its block says 1");
    }

    @Test
    void revisionWithAGap() throws IOException {
        write(event(1, 1, 0), event(1, 2, 2));
        isRefused("at position 2 should be at revision 1 of its stream and says 2");
    }

    @Test
    void timeThatGoesBack() throws IOException {
        write(event(5, 1, 0), event(4, 2, 1));
        isRefused("at position 2 was recorded before that at 1");
    }

    @Test
    void payloadThatIsNoEvent() throws IOException {
        write(event(1, 1, 0), new byte[]{0, 1, 2});
        isRefused("record of block 1 cannot be read");
    }

    @Test
    void forgettingOfAStreamThatIsNotThere() throws IOException {
        try (FileJournal journal = open()) {
            byte[] payload = new ForgetRecord(Forget.delete("order-17"), 1, 1).encode();
            BlockDraft draft = journal.draft(payload.length);
            draft.add(RecordKind.FORGET, payload, 0, payload.length);
            journal.append(draft);
        }
        isRefused("stream order-17 is forgotten before revision 1, which it does not have");
    }

    @Test
    void rightRecordsAreBelieved() throws IOException {
        write(event(1, 1, 0), event(1, 2, 1));

        try (EmbeddedEventStore store = Disks.open(disk)) {
            assertThat(StoreContent.of(store).events()).hasSize(2);
        }
    }

    private void isRefused(String why) {
        disk.endProcess();
        assertThatThrownBy(() -> Disks.open(disk).close()).isInstanceOfSatisfying(StoreDamagedException.class, e -> {
            assertThat(e.damage()).contains(why);
            assertThat(e.place()).isEqualTo("00000001.segment");
            assertThat(e.offset()).isPositive();
        });
        assertThatThrownBy(() -> Disks.openReadOnly(disk).close()).isInstanceOf(StoreDamagedException.class);
        assertThat(new Verifier(disk, VerifyProgress.NONE).verify(Disks.NAME).faults()).singleElement()
                .satisfies(it -> assertThat(it.what()).contains(why));
    }

    private FileJournal open() {
        return FileJournal.open(disk,
                JournalOptions.DEFAULT.withSegmentBytes(4096, 4096).withPreparation(Runnable::run));
    }

    private void write(byte[]... payloads) throws IOException {
        try (FileJournal journal = open()) {
            BlockDraft draft = journal.draft(payloads.length, 1000);
            for (byte[] payload : payloads) {
                draft.add(RecordKind.EVENT, payload, 0, payload.length);
            }
            journal.append(draft);
        }
        disk.endProcess();
    }

    private static byte[] event(long timeMicros, long position, long revision) {
        PreparedEvent event = PreparedEvent.of(Name.of("order-17"), Event.of("OrderCreated", "{}"));
        event.complete(true, timeMicros, position, revision);
        return Arrays.copyOfRange(event.array(), event.payloadOffset(), event.array().length);
    }
}
