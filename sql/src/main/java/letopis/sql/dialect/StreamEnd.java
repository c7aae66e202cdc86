package letopis.sql.dialect;

import java.time.Instant;

/** The last event of a stream, forgotten or not: its revision, position and recorded time. */
public record StreamEnd(String stream, long revision, long position, Instant time) {}
