package letopis.engine.index;

import java.util.UUID;

import letopis.engine.read.Publication;
import letopis.engine.record.Name;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** Whoever reads the head finds all below it in the part that grows: its place, and its posting. */
public final class PublishedHead {
    private static final Name STREAM = Name.of("order-1");
    /** As many as make the arrays of a stream grow, so that a reader may meet the old ones and the new ones. */
    private static final int EVENTS = 5;

    private PublishedHead() {}

    private static void add(MemoryPart part, int count) {
        for (int i = 0; i < count; i++) {
            Term stream = part.findStream(STREAM.utf8(), 0, STREAM.utf8().length, STREAM.hash());
            part.begin(part.last() + 1, part.last() + 1, 7, 8);
            part.addToStream(stream == null ? part.addStream(STREAM, null) : stream);
        }
    }

    /** 0 if all up to this head is there, or the first position that is not there as it should be. */
    private static int missing(MemoryPart part, long head) {
        Term stream = part.findStream(STREAM.utf8(), 0, STREAM.utf8().length, STREAM.hash());
        for (int position = 1; position <= head; position++) {
            if (part.place(position) != position || part.timeMicros(position) != position
                    || !part.id(position).equals(new UUID(7, 8))
                    || stream == null || stream.countUpTo(position) != position
                    || stream.at(position - 1) != position) {
                return position;
            }
        }
        return 0;
    }

    /** As the engine does it. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all up to the head is there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the head was there before what it names")
    @State
    public static class AllBelowIsThere {
        private final Publication publication = new Publication("store");
        private final MemoryPart part = new MemoryPart(0, 1);

        @Actor
        public void write() {
            for (int i = 1; i <= EVENTS; i++) {
                add(part, 1);
                publication.publish(i);
            }
        }

        @Actor
        public void read(I_Result result) {
            result.r1 = missing(part, publication.head());
        }
    }

    /** A planted bug: the head is raised before the event is there. */
    @JCStressTest
    @Outcome(id = "0", expect = Expect.ACCEPTABLE, desc = "all up to the head is there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "the planted bug: the head before what it names")
    @State
    public static class PlantedEarlyHead {
        private final Publication publication = new Publication("store");
        private final MemoryPart part = new MemoryPart(0, 1);

        @Actor
        public void write() {
            publication.publish(1);
            add(part, 1);
        }

        @Actor
        public void read(I_Result result) {
            try {
                result.r1 = missing(part, publication.head());
            } catch (NullPointerException _) {
                result.r1 = 1; // the chunk is not there yet
            }
        }
    }
}
