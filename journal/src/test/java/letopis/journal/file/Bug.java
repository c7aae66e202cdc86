package letopis.journal.file;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import letopis.journal.JournalMark;
import letopis.journal.disk.Disk;

/**
 * A bug that a trial must find: in the journal's code, or in the disk below it.
 *
 * @param name   what it is called
 * @param inCode what is planted in the code
 * @param disk   what is planted below it
 */
record Bug(String name, PlantedBug inCode, UnaryOperator<Disk> disk) {
    static final Bug NONE = of(PlantedBug.NONE);

    static Bug of(PlantedBug bug) {
        return new Bug(bug.toString(), bug, UnaryOperator.identity());
    }

    static Bug of(DiskBug bug) {
        return new Bug(bug.toString(), PlantedBug.NONE, bug::over);
    }

    /** Opens a journal that has it. */
    FileJournal open(Disk machine, JournalOptions options, Supplier<UUID> ids, Supplier<Instant> clock) {
        return open(machine, options, Optional.empty(), ids, clock);
    }

    /** The same, from a mark on. */
    FileJournal open(Disk machine, JournalOptions options, Optional<JournalMark> mark, Supplier<UUID> ids,
            Supplier<Instant> clock) {
        return new JournalOpening(disk.apply(machine), options, mark, inCode).forWriting(ids, clock);
    }

    @Override
    public String toString() {
        return name;
    }
}
