package letopis.testkit;

/** Given, when, then for a decider. */
public final class DeciderSpec {
    private DeciderSpec() {
    }
}
