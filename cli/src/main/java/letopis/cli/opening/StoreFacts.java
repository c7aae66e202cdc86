package letopis.cli.opening;

import java.util.List;

/**
 * What a kind of store tells about itself, in its order.
 *
 * @param facts   each with its name
 */
public record StoreFacts(List<Fact> facts) {
    public StoreFacts {
        facts = List.copyOf(facts);
    }

    /**
     * One fact.
     *
     * @param member its name in JSON
     * @param words  its name for people
     * @param value  its value in JSON
     * @param shown  its value for people
     */
    public record Fact(String member, String words, Value value, String shown) {
        static Fact of(String member, String words, String text) {
            return new Fact(member, words, new Text(text), text);
        }

        static Fact of(String member, String words, long number, String shown) {
            return new Fact(member, words, new Figure(number), shown);
        }
    }

    /** A value in JSON. */
    public sealed interface Value {}

    /** A text. */
    public record Text(String text) implements Value {}

    /** A number. */
    public record Figure(long number) implements Value {}
}
