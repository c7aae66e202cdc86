package letopis.engine.sequencer;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import letopis.engine.record.Name;
import letopis.store.Append;
import letopis.store.Event;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whose turn it is among those that are held back, by a clock that is in the test's hand. */
class ContendedTest {
    private static final long LONG = Contended.MAX_HOLD_NANOS;

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 10); // such clocks may overflow
    private final Contended contended = new Contended(now::get);

    @Test
    void oneOfEachStreamIsToldAtATimeInTheOrderInWhichTheyCame() {
        Request.OfAppend a = hold("order-17");
        Request.OfAppend b = hold("order-18");
        Request.OfAppend c = hold("order-17");
        Request.OfAppend d = hold("order-17");

        assertThat(next()).containsExactly(a, b);
        assertThat(contended.isHeldOn(Name.of("order-17"))).isTrue();
        assertThat(contended.isHeldOn(Name.of("order-18"))).isFalse();
        assertThat(next()).containsExactly(c);
        assertThat(next()).containsExactly(d);
        assertThat(contended.isEmpty()).isTrue();
        assertThat(next()).isEmpty();
    }

    @Test
    void whoWaitedForTooLongIsToldWhateverIsBeforeIt() {
        Request.OfAppend a = hold("order-17");
        Request.OfAppend b = hold("order-17");
        Request.OfAppend c = hold("order-17");
        now.addAndGet(1);
        Request.OfAppend d = hold("order-17");
        Request.OfAppend e = hold("order-18");
        Request.OfAppend f = hold("order-18");
        now.addAndGet(LONG);

        assertThat(next()).containsExactly(a, b, c, e);
        assertThat(next()).containsExactly(d, f);
    }

    @Test
    void whoIsHeldBackAgainWhileOthersAreToldComesLater() {
        Request.OfAppend a = hold("order-17");
        Request.OfAppend b = hold("order-18");
        now.addAndGet(LONG + 1);
        List<Request.OfAppend> told = new ArrayList<>();

        contended.next(it -> {
            told.add(it);
            contended.hold(Name.of("order-19"), it);
        });

        assertThat(told).containsExactly(a, b);
        assertThat(contended.all()).containsExactly(a, b);
        assertThat(next()).containsExactly(a);
    }

    private Request.OfAppend hold(String stream) {
        Append append = Append.to(stream).expectingNoStream().of(Event.of("OrderCreated", "{}"));
        Request.OfAppend request = new Request.OfAppend(new PreparedAppend(append, 0), Answer.forThisThread());
        contended.hold(Name.of(stream), request);
        return request;
    }

    private List<Request.OfAppend> next() {
        List<Request.OfAppend> told = new ArrayList<>();
        contended.next(told::add);
        return told;
    }
}
