package letopis.engine.index;

import java.util.Optional;

import letopis.engine.index.run.Part;
import letopis.engine.index.run.Run;
import letopis.journal.JournalMark;

/**
 * A part in its place in an index.
 *
 * @param end    the end of the log that it reaches; nothing where it is not known, or not reached yet
 * @param number of the file that has it; 0 if none does
 */
record Slot(Part part, Optional<JournalMark> end, long number) {
    static Slot unsaved(Part part, Optional<JournalMark> end) {
        return new Slot(part, end, 0);
    }

    boolean isSaved() {
        return number > 0;
    }

    boolean isRun() {
        return part instanceof Run;
    }
}
