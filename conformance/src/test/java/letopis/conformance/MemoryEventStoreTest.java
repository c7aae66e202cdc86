package letopis.conformance;

class MemoryEventStoreTest implements WholeContract {
    @Override
    public StoreFixture fixture() {
        return new MemoryFixture();
    }
}
