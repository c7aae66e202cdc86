package letopis.benchmarks.workload;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import letopis.benchmarks.contender.Contender;
import letopis.benchmarks.contender.Filling;
import letopis.benchmarks.contender.Sample;
import letopis.benchmarks.contender.StaleRevisionException;
import letopis.benchmarks.contender.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The measurement of many writers on one stream finds out a store that loses or doubles revisions. */
class ContentionTest {
    private static final Timing SHORT = new Timing(Duration.ZERO, Duration.ofMillis(50));

    @Test
    void aSoundStoreIsMeasured() throws Exception {
        assertThat(Contention.run(new Planted(Long.MAX_VALUE, Long.MAX_VALUE), 8, SHORT).events()).isPositive();
    }

    @Test
    void aLostAppendIsFound() {
        assertThatThrownBy(() -> Contention.run(new Planted(3, Long.MAX_VALUE), 8, SHORT))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("appends succeeded, and the stream has");
    }

    @Test
    void aDoubledRevisionIsFound() {
        assertThatThrownBy(() -> Contention.run(new Planted(Long.MAX_VALUE, 3), 8, SHORT))
                .hasStackTraceContaining("revision 3 was given to writer");
    }

    /** A stream in memory that forgets one append, or gives one revision twice. */
    private static final class Planted implements Contender {
        private final long lost;
        private final long doubled;
        private final AtomicLong kept = new AtomicLong();
        private long last = -1;
        private boolean once;

        Planted(long lost, long doubled) {
            this.lost = lost;
            this.doubled = doubled;
        }

        @Override
        public synchronized long append(String stream, long expectedRevision, List<Sample> events)
                throws StaleRevisionException {
            if (expectedRevision != last) {
                throw new StaleRevisionException(last);
            }
            if (last == doubled && !once) {
                once = true;
                return last;
            }
            last++;
            if (last != lost) {
                kept.incrementAndGet();
            }
            return last;
        }

        @Override
        public void load(String stream, Tally tally) {
            for (long i = 0; i < kept.get(); i++) {
                tally.add(i, 0, 0, 0);
            }
        }

        @Override
        public void fill(Filling filling) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readAll(Tally tally) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readTag(String tag, Tally tally) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void readType(String type, Tally tally) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void close() {}
    }
}
