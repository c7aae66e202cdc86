package letopis.journal;

/**
 * What became of a segment that was written anew.
 *
 * @param segment     its number
 * @param erased      how many events were erased in it now
 * @param bytesBefore how large its file was
 * @param bytesAfter  how large it is
 */
public record SegmentRewrite(int segment, long erased, long bytesBefore, long bytesAfter) {}
