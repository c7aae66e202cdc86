package letopis.store;

/** What is stored is not what was written. Nothing is made up and nothing is cut off: the damage is named. */
public final class StoreDamagedException extends StoreException {
    private final String place;
    private final long offset;
    private final String damage;

    /**
     * @param place  the file, table or partition
     * @param offset where in it: a byte for a file, a position for others
     * @param damage what is wrong
     */
    public StoreDamagedException(String place, long offset, String damage) {
        super("damage in " + place + " at " + offset + ": " + damage);
        this.place = place;
        this.offset = offset;
        this.damage = damage;
    }

    /** The file, table or partition. */
    public String place() {
        return place;
    }

    /** Where in it: a byte for a file, a position for others. */
    public long offset() {
        return offset;
    }

    /** What is wrong. */
    public String damage() {
        return damage;
    }
}
