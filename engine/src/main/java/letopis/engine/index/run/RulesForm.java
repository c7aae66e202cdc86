package letopis.engine.index.run;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

import letopis.engine.index.run.StreamRules.Floor;
import letopis.store.Forget.Retention;

/**
 * How the rules of a stream are written in a run; {@code v} is a number of seven bits a byte, low ones first.
 *
 * <pre>
 *    flags | truncated before | deleted before | age: seconds, nanoseconds | count | floor: revision, position, time
 *      1     v                  v                v, v                        v       v, v, 8
 *
 *    flags, bit 0: tombstoned   bit 1: an age is there   bit 2: a count is there   bit 3: a floor is there
 * </pre>
 */
final class RulesForm {
    private static final int TOMBSTONED = 1;
    private static final int AGE = 2;
    private static final int COUNT = 4;
    private static final int FLOOR = 8;

    private RulesForm() {}

    static void put(PageOutput out, StreamRules rules) throws IOException {
        Optional<Duration> age = rules.retention().maxAge();
        OptionalLong count = rules.retention().maxCount();
        boolean floor = !rules.floor().equals(Floor.NONE);
        out.putByte((rules.tombstoned() ? TOMBSTONED : 0) | (age.isPresent() ? AGE : 0)
                | (count.isPresent() ? COUNT : 0) | (floor ? FLOOR : 0));
        out.putNumber(rules.truncatedBefore());
        out.putNumber(rules.deletedBefore());
        if (age.isPresent()) {
            out.putNumber(age.get().toSeconds());
            out.putNumber(age.get().toNanosPart());
        }
        if (count.isPresent()) {
            out.putNumber(count.getAsLong());
        }
        if (floor) {
            out.putNumber(rules.floor().revision());
            out.putNumber(rules.floor().position());
            out.putLong(rules.floor().timeMicros());
        }
    }

    static StreamRules take(PageScanner in) {
        int flags = in.takeByte();
        long truncated = in.takeNumber();
        long deleted = in.takeNumber();
        Optional<Duration> age = (flags & AGE) == 0
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(in.takeNumber(), in.takeNumber()));
        OptionalLong count = (flags & COUNT) == 0 ? OptionalLong.empty() : OptionalLong.of(in.takeNumber());
        Floor floor = (flags & FLOOR) == 0
                ? Floor.NONE
                : new Floor(in.takeNumber(), in.takeNumber(), in.takeLong());
        return new StreamRules(truncated, deleted, (flags & TOMBSTONED) != 0, new Retention(age, count), floor);
    }
}
