package letopis;

/** The front door. */
public final class Letopis {
    private Letopis() {
    }
}
