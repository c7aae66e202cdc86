package letopis.journal.file;

/** How a segment is packed when it is full. */
public enum Compression {
    /** Not at all; where a segment is written anew for another reason, only zeros between blocks are left out. */
    NONE,
    /** With the JDK's Deflater. */
    DEFLATE
}
