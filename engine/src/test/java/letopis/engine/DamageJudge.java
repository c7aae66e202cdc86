package letopis.engine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import letopis.store.RecordedEvent;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/** Whether a store that was damaged gives exactly what was written, or says what is wrong. */
final class DamageJudge {
    private final StoreToDamage store;

    DamageJudge(StoreToDamage store) {
        this.store = store;
    }

    /** What a verification finds; a refusal of it is a finding, too. */
    static List<Fault> verify(BytesDisk damaged) {
        try {
            return new Verifier(damaged, VerifyProgress.NONE).verify(Disks.NAME).faults();
        } catch (StoreUnusableException e) {
            return List.of(new Fault(place(e), 0, String.valueOf(e.getMessage())));
        }
    }

    /** What is no store, or one of a newer Letopis, is said of the file that says so. */
    private static String place(StoreUnusableException e) {
        assertThat(e.reason()).as(e.getMessage()).isIn(Reason.NEWER_FORMAT, Reason.NOT_A_STORE, Reason.NOT_FOUND);
        return "letopis.store";
    }

    /** Opens it both ways; whether at least one of them refused. */
    boolean isRefused(BytesDisk damaged, String what) {
        boolean refused = isRefusedReadOnly(damaged, what);
        return isRefused(damaged.copy(), StoreToDamage::openForWriting, what + ", opened for writing") || refused;
    }

    boolean isRefusedReadOnly(BytesDisk damaged, String what) {
        return isRefused(damaged, StoreToDamage::openReadOnly, what + ", opened read-only");
    }

    private boolean isRefused(BytesDisk damaged, Function<BytesDisk, EmbeddedEventStore> opening, String what) {
        try (EmbeddedEventStore opened = opening.apply(damaged)) {
            requireAsWritten(StoreView.of(opened), what);
            return false;
        } catch (StoreDamagedException e) {
            assertThat(e.offset()).as(what).isNotNegative();
            assertThat(e.place()).as(what).matches("letopis\\.store|\\d{8}\\.(segment|packed)|index/.*");
            return true;
        } catch (StoreUnusableException e) {
            place(e);
            return true;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + e.getMessage(), e);
        }
    }

    /** All of it; of a store whose process died before all was forced, a beginning that has what was forced. */
    private void requireAsWritten(StoreView found, String what) {
        if (store.wasKilled() && found.content().head() < store.written().content().head()) {
            List<RecordedEvent> events = store.written().content().events();
            assertThat(found.content().head()).as(what).isGreaterThanOrEqualTo(store.forced());
            assertThat(found.content().events()).as(what)
                    .isEqualTo(events.stream().filter(it -> it.position() <= found.content().head()).toList());
        } else {
            StoreView written = store.wasKilled()
                    ? store.written().withProofOf(found) // a seal may be in the log that was not remembered any more
                    : store.written();
            assertThat(found.content().head()).as(what).isEqualTo(written.content().head());
            assertThat(found.equals(written)).as(what + ": " + found.differences(written)).isTrue();
        }
    }

    /** The faults name a file that was hit, and a byte in front of the one that was, in the same block, chunk or page. */
    void requireNamed(List<Fault> faults, String file, int offset, String what) {
        Optional<Fault> elsewhere = faults.stream()
                .filter(it -> !isAt(it, file, offset))
                .findFirst();
        assertThat(elsewhere).as(what).isEmpty();
    }

    private boolean isAt(Fault fault, String file, int offset) {
        return file.startsWith("index/")
                ? fault.file().startsWith("index/")
                : fault.file().equals(file) && fault.offset() <= offset
                        && fault.offset() >= store.beginning(file, offset);
    }

    /** At least one of the files is named, and no file that is sound. */
    static void requireNamed(List<Fault> faults, Set<String> files, String what) {
        assertThat(faults).as(what).allSatisfy(it -> {
            assertThat(it.offset()).isNotNegative();
            assertThat(files).anyMatch(file -> names(it, file));
        });
    }

    /** A segment that is missing is missing in either form. */
    private static boolean names(Fault fault, String file) {
        return file.equals(fault.file()) || (file.startsWith("index/") && fault.file().startsWith("index/"))
                || (fault.what().equals("the file is missing")
                        && fault.file().equals(file.replace(".packed", ".segment")));
    }
}
