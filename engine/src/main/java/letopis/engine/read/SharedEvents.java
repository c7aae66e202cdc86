package letopis.engine.read;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Events that were read lately, in pages, so that subscriptions that are at about the same place share them: whoever needs an
 * event first reads it, and all others get the same object. A thousand of them at the head read each new event once; several
 * that catch up together do the same; one that is alone somewhere reads for itself, as it would without this.
 *
 * <p>At most {@value #PAGES} pages, each of at most {@value #PAGE_EVENTS} events and about {@value EventPage#MAX_BYTES} bytes;
 * those go first that were not asked for longest. A subscription holds one page while it has events to hand out, and none
 * while it waits. Safe for any number of threads.
 */
final class SharedEvents {
    static final int PAGES = 64;
    static final int PAGE_EVENTS = 64;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, EventPage> pages = new LinkedHashMap<>(2 * PAGES, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, EventPage> eldest) {
            return size() > PAGES;
        }
    };

    /** The page that a position is on. */
    EventPage page(long position) {
        long number = position / PAGE_EVENTS;
        lock.lock();
        try {
            return pages.computeIfAbsent(number, _ -> new EventPage(number * PAGE_EVENTS, PAGE_EVENTS));
        } finally {
            lock.unlock();
        }
    }

    /** Keeps nothing of what there is: some of it was erased. */
    void clear() {
        lock.lock();
        try {
            pages.values().forEach(EventPage::clear);
            pages.clear();
        } finally {
            lock.unlock();
        }
    }
}
