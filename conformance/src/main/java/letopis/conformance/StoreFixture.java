package letopis.conformance;

/** How the suite opens the store that it tries. */
public interface StoreFixture {
}
