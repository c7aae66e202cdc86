package letopis.journal.file;

/** Bugs that the tests plant, to prove that they would find them. Nothing but a test plants any. */
enum PlantedBug {
    NONE,
    /** An append returns before its block was forced. */
    ACKNOWLEDGE_BEFORE_FORCE,
    /** New names are not made durable. */
    NO_DIRECTORY_FORCE,
    /** Checksums do not say where the bytes belong. */
    CHECKSUM_NOT_BOUND_TO_PLACE,
    /** A block is believed by its beginning alone. */
    NO_COMMIT_MARK_CHECK,
    /** A force that failed is tried again. */
    RETRY_AFTER_FAILED_FORCE,
    /** Whatever follows damage is cut off with it. */
    CUT_AT_ANY_DAMAGE,
    /** After a write or a force that failed the marker does not say so. */
    FAILURE_NOT_SAID,
    /** That all is forced up to a block is written before it is forced. */
    FORCED_MARK_BEFORE_FORCE,
    /** A packed segment gets its name before it is forced. */
    PACKED_NAMED_BEFORE_FORCE,
    /** A segment is deleted before the name of the packed one is durable. */
    OLD_FORM_DELETED_EARLY,
    /** A segment that was replaced is not deleted. */
    OLD_FORM_KEPT,
    /** Where a segment is there in both forms, the old one counts. */
    OLD_FORM_COUNTS,
    /** A mark is believed although the block there is another one. */
    MARK_NOT_COMPARED
}
