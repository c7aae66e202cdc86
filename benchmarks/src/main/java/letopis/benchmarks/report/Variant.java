package letopis.benchmarks.report;

/** What a work was done on, in words: {@code on 10M grouped}. */
final class Variant {
    private Variant() {}

    /** How many events the store was filled with. */
    static long events(String variant) {
        String size = variant.replaceAll("^.*?(\\d+[Mk]).*$", "$1");
        return Long.parseLong(size.substring(0, size.length() - 1)) * (size.endsWith("M") ? 1_000_000 : 1_000);
    }
}
