package letopis.model;

/** A value cannot be written as bytes, or bytes cannot be read as a value. */
public final class CodecException extends RuntimeException {
    /** @param why what is wrong with the value or the bytes, in words */
    public CodecException(String why, Throwable cause) {
        super(why, cause);
    }
}
