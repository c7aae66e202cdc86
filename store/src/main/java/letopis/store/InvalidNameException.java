package letopis.store;

/** A name is empty, or has characters that names may not have. Nothing was written. */
public final class InvalidNameException extends StoreException {
    private final String kind;
    private final String name;

    /**
     * @param kind what is named: {@code stream}, {@code event type}, {@code tag} or {@code content type}
     * @param name the name as it was given
     * @param why  what is wrong with it
     */
    public InvalidNameException(String kind, String name, String why) {
        super("the " + kind + " name " + quoted(name) + " " + why);
        this.kind = kind;
        this.name = name;
    }

    /** What is named: {@code stream}, {@code event type}, {@code tag} or {@code content type}. */
    public String kind() {
        return kind;
    }

    /** The name as it was given. */
    public String name() {
        return name;
    }

    private static String quoted(String name) {
        StringBuilder text = new StringBuilder("\"");
        name.codePoints().limit(80).forEach(point -> {
            if (Character.isISOControl(point) || Character.getType(point) == Character.SURROGATE) {
                text.append(String.format("\\u%04x", point));
            } else {
                text.appendCodePoint(point);
            }
        });
        return text.append(name.codePointCount(0, name.length()) > 80 ? "…\"" : "\"").toString();
    }
}
