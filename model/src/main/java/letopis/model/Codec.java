package letopis.model;

import letopis.store.Bytes;

/**
 * Writes values as bytes and reads them back. It is told the class to read and never takes one from the bytes.
 *
 * <p>Safe for any number of threads.
 */
public interface Codec {
    /** What the bytes are, as a media type: {@code application/json}. */
    String contentType();

    /** @throws CodecException if the value cannot be written */
    Bytes write(Object value);

    /** @throws CodecException if the bytes are not such a value */
    <T> T read(Bytes bytes, Class<T> type);
}
