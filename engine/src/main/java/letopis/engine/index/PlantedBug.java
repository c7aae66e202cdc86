package letopis.engine.index;

/** What an index can be told to do wrong, so that the tests show that they notice. */
enum PlantedBug {
    NONE,
    /** Names runs that may not be on the disk. */
    NO_FORCE_OF_RUNS,
    /** Puts a manifest in place that may not be on the disk. */
    NO_FORCE_OF_MANIFEST,
    /** Names runs whose own names may not be durable. */
    NO_DIRECTORY_FORCE
}
