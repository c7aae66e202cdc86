package letopis.journal.file;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

import letopis.journal.BlockDraft;
import letopis.journal.BlockWrite;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;

/**
 * Looks for a power cut that a journal does not survive. A run is a random history of one store, from its seed: appends of
 * many sizes, closings, deaths of the process, openings. After each operation on the disk it looks at the states that a power
 * cut could leave then.
 */
final class CrashExplorer {
    /** What a state is named with whose blocks were acknowledged before they were forced. */
    static final String LATE = "late-";

    private final Bug bug;
    private final boolean late;
    private final BooleanSupplier enough;
    private final CrashTally tally;
    private final CrashStates choice = new CrashStates(64, 32);

    /**
     * @param late   whether blocks are acknowledged before they are forced, in most openings
     * @param enough whether to end a run early
     */
    CrashExplorer(Bug bug, boolean late, CrashTally tally, BooleanSupplier enough) {
        this.bug = bug;
        this.late = late;
        this.tally = tally;
        this.enough = enough;
    }

    /** A state in which a journal broke its promise. */
    static final class Found extends AssertionError {
        private static final long serialVersionUID = 1;

        private final String replay;

        Found(String replay, String operation, Throwable cause) {
            super("a power cut leaves a state that breaks a promise: " + cause
                    + "\n  after operation " + operation
                    + "\n  look at it with -Dtest=CrashExplorerTest -Dletopis.crash.replay=" + replay, cause);
            this.replay = replay;
        }

        /** What {@link CrashExplorer#replay} takes to look at this state again. */
        String replay() {
            return replay;
        }
    }

    /** The process ends here. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Runs the history of a seed. */
    void run(long seed) {
        Run run = new Run(seed, -1, new int[0]);
        try {
            run.live();
        } catch (Found e) {
            throw e;
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new Found((late ? LATE : "") + seed + "/" + run.disk.operations() + "/", run.disk.lastOperation(), e);
        }
    }

    /** Checks one state again, as given by {@link Found}. */
    void replay(String words) throws IOException {
        String[] parts = words.substring(late ? LATE.length() : 0).split("/", -1);
        new Run(Long.parseLong(parts[0]), Long.parseLong(parts[1]), CrashStates.parse(parts[2])).live();
    }

    /** One history. */
    private final class Run {
        private final long seed;
        private final long onlyOperation;
        private final int[] onlyWays;
        private final SplittableRandom random;
        private final RecordingDisk disk = new RecordingDisk();
        private final JournalOptions options;
        private final CrashStateCheck check;
        private WrittenLog log = WrittenLog.EMPTY;
        private boolean created;
        private boolean unforced;
        /** What is done on the way out is not looked at. */
        private boolean found;
        private long operationsToLive = Long.MAX_VALUE;

        private Run(long seed, long onlyOperation, int[] onlyWays) {
            this.seed = seed;
            this.onlyOperation = onlyOperation;
            this.onlyWays = onlyWays;
            random = new SplittableRandom(seed);
            int first = 2048 << random.nextInt(3);
            options = JournalOptions.DEFAULT.withSegmentBytes(first, 8192)
                    .withPreparation(Runnable::run)
                    .withForceEveryNanos(late ? JournalOptions.FORCE_LATE : 0)
                    .withCompression(seed % 20 == 7 ? Compression.DEFLATE : Compression.NONE);
            check = new CrashStateCheck(options, bug, tally);
        }

        private void live() throws IOException {
            FileJournal journal = open();
            int steps = 4 + random.nextInt(30);
            for (int step = 0; step < steps && !enough.getAsBoolean(); step++) {
                switch (random.nextInt(late ? 17 : 13)) {
                    case 0 -> journal = close(journal);
                    case 1 -> {
                        disk.endProcess();
                        journal = open();
                    }
                    case 2 -> journal.draft(1, random.nextInt(2000));
                    case 3 -> {
                        failForce(journal);
                        disk.endProcess();
                        journal = open();
                    }
                    case 4 -> journal = killed(journal);
                    case 13, 14, 15 -> force(journal);
                    default -> append(journal);
                }
            }
        }

        private FileJournal open() throws IOException {
            disk.afterEachOperation(this::afterOperation);
            unforced = late && random.nextInt(4) > 0;
            FileJournal journal = bug.open(disk, unforced ? options : options.withForceEveryNanos(0), Ids.of(seed),
                    Ids.CLOCK);
            log = log.forced().check(journal);
            created = true;
            return journal;
        }

        private FileJournal close(FileJournal journal) throws IOException {
            boolean writes = log.closingWrites();
            if (writes) {
                log = log.withInFlight(WrittenBlock.CLEAN_END);
            }
            journal.close();
            if (writes) {
                log = log.with(WrittenBlock.CLEAN_END);
            }
            log = log.forced();
            explore();
            disk.endProcess();
            return open();
        }

        private void append(FileJournal journal) throws IOException {
            WrittenBlock block = WrittenBlock.random(random);
            log = log.withInFlight(block);
            BlockWrite write = journal.seal(CrashStateCheck.draft(journal, block));
            if (random.nextBoolean()) {
                write.run();
                written(block);
                return;
            }
            WrittenBlock next = WrittenBlock.random(random); // begun, with a segment of its own perhaps, before the other is written
            BlockDraft draft = CrashStateCheck.draft(journal, next);
            write.run();
            written(block);
            log = log.withInFlight(next);
            journal.append(draft);
            written(next);
        }

        private void written(WrittenBlock block) {
            log = unforced ? log.withUnforced(block) : log.with(block);
            explore();
        }

        private void force(FileJournal journal) throws IOException {
            journal.force();
            log = log.forced();
            explore();
        }

        /** The process dies in the middle of an append; what the next one then serves is durable. */
        private FileJournal killed(FileJournal journal) throws IOException {
            WrittenBlock block = WrittenBlock.random(random);
            log = log.withInFlight(block);
            operationsToLive = random.nextLong(1, 4);
            try {
                CrashStateCheck.append(journal, block);
                log = unforced ? log.withUnforced(block) : log.with(block);
            } catch (Killed e) {
                // It may be there, written and not forced.
            }
            operationsToLive = Long.MAX_VALUE;
            disk.endProcess();
            FileJournal next = open();
            explore();
            return next;
        }

        private void afterOperation() {
            explore();
            if (--operationsToLive == 0) {
                throw new Killed();
            }
        }

        /**
         * A force fails; whatever the journal then says, what it acknowledges is durable. The next process sees what the system
         * shows, which may be more than the disk has.
         */
        private void failForce(FileJournal journal) throws IOException {
            disk.failForce(1);
            if (unforced) {
                failLateForce(journal);
                return;
            }
            for (int attempt = 0; attempt < 2; attempt++) {
                WrittenBlock block = WrittenBlock.random(random);
                boolean first = attempt == 0;
                if (first) {
                    log = log.withInFlight(block);
                }
                try {
                    CrashStateCheck.append(journal, block);
                    log = log.with(block);
                    explore();
                } catch (IOException e) {
                    // Not acknowledged: it may be there or not.
                    explore();
                }
            }
        }

        private void failLateForce(FileJournal journal) throws IOException {
            try {
                journal.force();
                return; // there was nothing to force
            } catch (IOException e) {
                explore();
            }
            try {
                CrashStateCheck.append(journal, WrittenBlock.random(random));
            } catch (IOException e) {
                explore();
                return;
            }
            throw new AssertionError("acknowledged after a force that failed");
        }

        private void explore() {
            if (found || enough.getAsBoolean()) {
                return;
            }
            long operation = disk.operations();
            PowerCut cut = disk.powerCut();
            if (onlyOperation >= 0) {
                if (operation == onlyOperation && onlyWays.length == cut.units()) {
                    look(cut, onlyWays);
                }
                return;
            }
            choice.choose(cut, new SplittableRandom(seed * 31 + operation), ways -> {
                look(cut, ways);
                return !enough.getAsBoolean();
            });
        }

        private void look(PowerCut cut, int[] ways) {
            try {
                check.check(cut.state(ways), log, created);
            } catch (Exception | AssertionError e) {
                found = true;
                throw new Found((late ? LATE : "") + seed + "/" + disk.operations() + "/" + CrashStates.inWords(ways),
                        disk.lastOperation(), e);
            }
        }
    }
}
