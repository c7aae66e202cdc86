package letopis.cli.importing;

import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

import letopis.cli.line.EventLine;
import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Condition;
import letopis.store.ConditionFailedException;
import letopis.store.EventStore;

/**
 * Sends lines to the store, each as an append of its own, with many of them under way, and never writes a line unless the line
 * before it is written.
 *
 * <p>That is more than sending them in order: when the store refuses a line (its disk is full for a moment, its id is taken), the
 * lines behind it are under way already. So each line carries a condition: that the stream of the line before it is at the
 * revision which that line was to get. Where the line before it was not written, the condition fails, and so on down the row.
 *
 * <p>A line that was in the store before the import is answered at once, whatever its condition says, and is not written again; its
 * stream is then not at the foretold revision, and the lines behind it fail although nothing is wrong. They are sent again from the
 * first one on, and the row is short at first: where old and new lines take turns it stays short, and else it grows quickly.
 *
 * <p>For one thread.
 */
final class AppendPipeline {
    /** The most lines under way. */
    static final int MAX_WINDOW = 8_192;
    /** The most bytes of lines under way, and one line more. */
    static final long MAX_WINDOW_BYTES = 32 << 20;

    private final EventStore store;
    private final boolean raiseTimes;
    private final StreamRevisions revisions;
    private final Consumer<Answer> answers;
    private final ArrayDeque<EventLine> toSend = new ArrayDeque<>();
    private final ArrayDeque<Sent> underWay = new ArrayDeque<>();
    private int window = MAX_WINDOW;
    private long bytesUnderWay;

    /** What became of a line. */
    record Answer(EventLine line, long position) {}

    private record Sent(EventLine line, long revision, CompletableFuture<Appended> future) {}

    /** @param answers hears of each line that is in the store, in their order */
    AppendPipeline(EventStore store, boolean raiseTimes, Consumer<Answer> answers) {
        this.store = store;
        this.raiseTimes = raiseTimes;
        this.answers = answers;
        this.revisions = new StreamRevisions(store, store.head() == 0);
    }

    /** Puts a line at the end of the row. */
    void add(EventLine line) {
        toSend.addLast(line);
    }

    /**
     * Sends the lines of the row; waits where too many are under way.
     *
     * @throws RefusedLineException if the store refused a line, which is out of the row now; it may be asked to go on
     */
    void send() throws RefusedLineException {
        while (!toSend.isEmpty()) {
            if (underWay.size() >= window || bytesUnderWay >= MAX_WINDOW_BYTES) {
                settle(window / 2, MAX_WINDOW_BYTES / 2);
            }
            submit(toSend.removeFirst());
        }
    }

    /**
     * Sends the lines of the row, and waits for all answers.
     *
     * @throws RefusedLineException if the store refused a line, which is out of the row now; it may be asked to go on
     */
    void drain() throws RefusedLineException {
        do {
            send();
            settle(0, 0);
        } while (!toSend.isEmpty());
    }

    private void submit(EventLine line) {
        Append append = line.append(raiseTimes);
        Sent before = underWay.peekLast();
        if (before != null) {
            append = append.onlyIf(new Condition.StreamAt(before.line.stream(), before.revision));
        }
        long revision = revisions.next(line.stream());
        CompletableFuture<Appended> future;
        try {
            future = store.submit(append);
        } catch (RuntimeException e) {
            future = CompletableFuture.failedFuture(e);
        }
        underWay.addLast(new Sent(line, revision, future));
        bytesUnderWay += line.text().length();
    }

    /** Waits for answers until no more lines, and no more bytes of them, are under way. */
    private void settle(int mostLines, long mostBytes) throws RefusedLineException {
        while (underWay.size() > mostLines || bytesUnderWay > mostBytes) {
            Sent sent = underWay.removeFirst();
            bytesUnderWay -= sent.line.text().length();
            try {
                answers.accept(new Answer(sent.line, sent.future.join().position()));
                window = Math.min(MAX_WINDOW, window + 1);
            } catch (CompletionException e) {
                takeBack();
                if (!(e.getCause() instanceof ConditionFailedException)) {
                    throw new RefusedLineException(sent.line,
                            e.getCause() instanceof RuntimeException cause
                                    ? cause
                                    : new IllegalStateException(e.getCause()));
                }
                toSend.addFirst(sent.line);
                window = 1;
            }
        }
    }

    /** Waits until nothing is under way, and puts what was back into the row: what is not written by now never will be. */
    private void takeBack() {
        for (Sent sent : underWay) {
            sent.future.handle((_, _) -> true).join();
        }
        while (!underWay.isEmpty()) {
            toSend.addFirst(underWay.removeLast().line);
        }
        bytesUnderWay = 0;
        revisions.forget();
    }
}
