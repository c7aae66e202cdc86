package letopis.journal.file;

import java.io.IOException;
import java.util.Optional;
import java.util.SplittableRandom;

import letopis.journal.BlockDraft;
import letopis.journal.JournalMark;
import letopis.journal.disk.PowerCut;
import letopis.journal.disk.RecordingDisk;

/**
 * Opens the disk that a power cut left and looks whether the journal keeps what it promised; then goes on writing, and lets
 * further processes die and further power cuts happen, also in the middle of recovery.
 */
final class CrashStateCheck {
    private static final CrashStates IN_RECOVERY = new CrashStates(8, 8);

    private final JournalOptions options;
    private final Bug bug;
    private final CrashTally tally;

    CrashStateCheck(JournalOptions options, Bug bug, CrashTally tally) {
        this.options = options;
        this.bug = bug;
        this.tally = tally;
    }

    /**
     * Checks a state, unless it was checked before under the same expectations.
     *
     * @param created whether the store was created, and an opening had returned
     */
    void check(RecordingDisk state, WrittenLog log, boolean created) throws IOException {
        long content = state.contentHash();
        tally.state(content);
        long key = content * 31 + log.durable() * 4096L + log.acknowledged().size() * 4L
                + (log.inFlight().isPresent() ? 2 : 0)
                + (created ? 1 : 0);
        if (!tally.isNew(key)) {
            return;
        }
        SplittableRandom random = new SplittableRandom(key);
        if (created && random.nextInt(8) == 0) {
            try (FileJournal journal = FileJournal.openReadOnly(state, bug.inCode())) {
                log.check(journal);
            }
        }
        if (random.nextInt(16) == 0) {
            checkInsideRecovery(state, log, random);
        }
        boolean late = options.forceEveryNanos() > 0 && random.nextBoolean();
        FileJournal journal = open(state, Optional.empty(), late);
        WrittenLog there = log.check(journal);
        Optional<JournalMark> mark = random.nextBoolean() ? Optional.of(journal.mark()) : Optional.empty();
        WrittenBlock probe = WrittenBlock.random(random);
        append(journal, probe);
        WrittenLog more = late ? there.withUnforced(probe) : there.with(probe);
        if (random.nextBoolean()) {
            more.forced().check(journal);
        }
        if (random.nextInt(4) == 0) {
            checkDurable(state, more, random);
        }
        if (random.nextBoolean()) {
            journal.close();
            more = more.with(WrittenBlock.CLEAN_END);
        }
        state.endProcess();
        more.forced().check(open(state, mark, false));
    }

    /** What an opening served, and what it acknowledged, is there after another power cut. */
    private void checkDurable(RecordingDisk state, WrittenLog log, SplittableRandom random) throws IOException {
        PowerCut cut = state.powerCut();
        int[] ways = new int[cut.units()];
        for (int unit = 0; unit < ways.length; unit++) {
            ways[unit] = random.nextInt(cut.ways(unit));
        }
        log.check(open(cut.state(ways)));
        log.check(open(cut.state(new int[ways.length])));
    }

    /** A power cut in the middle of recovery leaves something from which recovery works. */
    private void checkInsideRecovery(RecordingDisk state, WrittenLog log, SplittableRandom random) {
        RecordingDisk copy = state.powerCut().state(new int[0]);
        copy.afterEachOperation(() -> {
            PowerCut cut = copy.powerCut();
            IN_RECOVERY.choose(cut, random, ways -> {
                try {
                    RecordingDisk second = cut.state(ways);
                    tally.recovery(second.contentHash());
                    log.check(open(second));
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
                return true;
            });
        });
        open(copy);
    }

    FileJournal open(RecordingDisk disk) {
        return open(disk, Optional.empty(), false);
    }

    private FileJournal open(RecordingDisk disk, Optional<JournalMark> mark, boolean late) {
        JournalOptions here = options.withForceEveryNanos(late ? JournalOptions.FORCE_LATE : 0);
        return bug.open(disk, here, mark, Ids.NUMBERED, Ids.CLOCK);
    }

    static void append(FileJournal journal, WrittenBlock block) throws IOException {
        journal.append(draft(journal, block));
    }

    static BlockDraft draft(FileJournal journal, WrittenBlock block) throws IOException {
        BlockDraft draft = journal.draft(block.kinds().size(), block.payloadBytes());
        block.addTo(draft);
        return draft;
    }
}
