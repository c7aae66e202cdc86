package letopis.store;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What may be appended, at most. Every store enforces its limits before it writes; lengths are in bytes of UTF-8.
 *
 * @param maxEventBytes       data and metadata of one event together
 * @param maxAppendBytes      data and metadata of all events of one append together
 * @param maxAppendEvents     events in one append
 * @param maxStreamNameBytes  the name of a stream
 * @param maxTypeBytes        the name of an event type
 * @param maxContentTypeBytes a content type
 * @param maxTagBytes         one tag
 * @param maxTags             tags of one event
 */
public record Limits(int maxEventBytes, int maxAppendBytes, int maxAppendEvents, int maxStreamNameBytes,
        int maxTypeBytes,
        int maxContentTypeBytes, int maxTagBytes, int maxTags) {
    /** 1 MiB an event, 16 MiB and 10,000 events an append, 500 bytes a stream, 250 a type, content type or tag, 64 tags. */
    public static final Limits DEFAULT = new Limits(1 << 20, 16 << 20, 10_000, 500, 250, 250, 250, 64);

    /** @throws IllegalArgumentException if a limit is below 1, or an event may be larger than an append */
    public Limits {
        if (Math.min(Math.min(Math.min(maxEventBytes, maxAppendBytes), Math.min(maxAppendEvents, maxStreamNameBytes)),
                Math.min(Math.min(maxTypeBytes, maxContentTypeBytes), Math.min(maxTagBytes, maxTags))) < 1) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
        if (maxEventBytes > maxAppendBytes) {
            throw new IllegalArgumentException(
                    "an event of " + maxEventBytes + " bytes would not fit into an append of " + maxAppendBytes);
        }
    }

    /** These limits with another size of events, and of appends where they would be too small for one. */
    public Limits withMaxEventBytes(int bytes) {
        return new Limits(bytes, Math.max(bytes, maxAppendBytes), maxAppendEvents, maxStreamNameBytes, maxTypeBytes,
                maxContentTypeBytes, maxTagBytes, maxTags);
    }

    /**
     * Checks an append against these limits and its names against what names may be.
     *
     * @throws LimitExceededException   if something is too large
     * @throws InvalidNameException     if a name is empty, or has control characters or halves of surrogate pairs
     * @throws IllegalArgumentException if two of its events have the same id
     */
    public void check(Append append) {
        if (append.entries().size() > maxAppendEvents) {
            throw new LimitExceededException("maxAppendEvents", "the number of events in the append", maxAppendEvents,
                    append.entries().size());
        }
        long bytes = 0;
        Append.Entry before = null;
        for (Append.Entry entry : append.entries()) {
            if (before == null || !entry.stream().equals(before.stream())) {
                checkStream(entry.stream());
            }
            checkEvent(entry);
            bytes += entry.event().data().length() + entry.event().metadata().length();
            before = entry;
        }
        if (append.entries().size() > 1) {
            checkIds(append.entries());
        }
        if (bytes > maxAppendBytes) {
            throw new LimitExceededException("maxAppendBytes", "the size of the append in bytes", maxAppendBytes,
                    bytes);
        }
        for (Condition condition : append.conditions()) {
            for (String stream : condition.streams()) {
                checkStream(stream);
            }
        }
    }

    private static void checkIds(List<Append.Entry> entries) {
        Set<UUID> ids = HashSet.newHashSet(entries.size());
        for (Append.Entry entry : entries) {
            if (!ids.add(entry.event().id())) {
                throw new IllegalArgumentException("two events of the append have the same id " + entry.event().id());
            }
        }
    }

    /**
     * Checks the name of a stream.
     *
     * @throws LimitExceededException if it is too long
     * @throws InvalidNameException   if it is empty, or has control characters or halves of surrogate pairs
     */
    public void checkStream(String stream) {
        checkName("stream", stream, "maxStreamNameBytes", maxStreamNameBytes);
    }

    private void checkEvent(Append.Entry entry) {
        Event event = entry.event();
        checkName("event type", event.type(), "maxTypeBytes", maxTypeBytes);
        if (!event.contentType().equals(Event.JSON) || Event.JSON.length() > maxContentTypeBytes) {
            checkName("content type", event.contentType(), "maxContentTypeBytes", maxContentTypeBytes);
        }
        long bytes = (long) event.data().length() + event.metadata().length();
        if (bytes > maxEventBytes) {
            throw new LimitExceededException("maxEventBytes",
                    "the size in bytes of event " + event.type() + " for stream "
                            + entry.stream(),
                    maxEventBytes, bytes);
        }
        if (event.tags().size() > maxTags) {
            throw new LimitExceededException("maxTags", "the number of tags of event " + event.type() + " for stream "
                    + entry.stream(), maxTags, event.tags().size());
        }
        if (!event.tags().isEmpty()) {
            event.tags().forEach(tag -> checkName("tag", tag, "maxTagBytes", maxTagBytes));
        }
    }

    private static void checkName(String kind, String name, String limit, int maxBytes) {
        if (name.isEmpty()) {
            throw new InvalidNameException(kind, name, "is empty");
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                continue;
            }
            if (Character.isISOControl(c)) {
                throw new InvalidNameException(kind, name, "has a control character at index " + i);
            }
            if (Character.isHighSurrogate(c) && i + 1 < name.length() && Character.isLowSurrogate(name.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new InvalidNameException(kind, name,
                        "has half of a surrogate pair at index " + i + " and is not text");
            }
        }
        if (name.length() * 3L > maxBytes) {
            int bytes = name.getBytes(StandardCharsets.UTF_8).length;
            if (bytes > maxBytes) {
                throw new LimitExceededException(limit, "the length in bytes of the " + kind + " name \""
                        + name.substring(0, Math.min(name.length(), 40)) + "…\"", maxBytes, bytes);
            }
        }
    }
}
