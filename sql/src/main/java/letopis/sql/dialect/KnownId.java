package letopis.sql.dialect;

import java.util.UUID;

/** An event id that is in the store, and where. */
public record KnownId(UUID id, String stream, long revision, long position) {}
