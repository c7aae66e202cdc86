package letopis.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.function.Consumer;

import letopis.engine.record.EventRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.journal.BlockVisitor;
import letopis.journal.RecordKind;
import letopis.journal.disk.Disk;
import letopis.journal.disk.RealDisk;
import letopis.journal.file.Repair;
import letopis.journal.file.RepairPlan;
import letopis.store.RecordedEvent;

/**
 * Repairs a damaged store, where there is no backup to restore. Positions and revisions have no gaps; so where an event is lost,
 * all behind it is given up, and the log ends there. What can be made anew from other files is made anew. No byte of the log is
 * destroyed: what is given up stays in the directory, in files whose names end with {@code .given-up}.
 */
public final class StoreRepair {
    private StoreRepair() {}

    /**
     * Says what {@link #repair} would do. Changes nothing.
     *
     * @param givenUp gets each event that is whole and would be given up, in the order of the log; others between the head
     *                and {@link RepairReport#lastKnown} are lost already
     * @throws letopis.store.StoreUnusableException if there is no store, or nothing of it can be read
     */
    public static RepairReport plan(Path directory, Consumer<GivenUpEvent> givenUp) {
        return plan(directory, RealDisk.at(directory), givenUp);
    }

    /** The same on any disk. */
    static RepairReport plan(Path directory, Disk disk, Consumer<GivenUpEvent> givenUp) {
        try {
            return report(Repair.plan(disk, visitor(givenUp)));
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    /**
     * Does it. The store must not be open for writing.
     *
     * @return what was done
     * @throws letopis.store.StoreUnusableException if there is no store, or it is in use, or there is no room for what is set
     *                                              aside
     */
    public static RepairReport repair(Path directory) {
        return repair(directory, RealDisk.at(directory));
    }

    /** The same on any disk. */
    static RepairReport repair(Path directory, Disk disk) {
        try {
            return report(Repair.run(disk));
        } catch (IOException e) {
            throw Opening.failed(directory, e);
        }
    }

    private static BlockVisitor visitor(Consumer<GivenUpEvent> givenUp) {
        return (_, kind, _, _, payload) -> {
            if (kind == RecordKind.EVENT) {
                ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload);
                try {
                    RecordedEvent event = EventRecord.decode(copy.array(), 0, copy.capacity());
                    givenUp.accept(new GivenUpEvent(event.position(), event.stream(), event.revision(),
                            event.event().type(), event.event().id()));
                } catch (MalformedRecordException _) {
                    // it is lost already
                }
            }
        };
    }

    private static RepairReport report(RepairPlan plan) {
        return new RepairReport(plan.damage().map(it -> new Fault(it.file(), it.offset(), it.damage())),
                plan.rewritten(), plan.setAside(), plan.head(), plan.givenUpTo());
    }
}
