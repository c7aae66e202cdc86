package letopis.engine;

/** How segment files are kept once they are full. What is there can be read in every form, whatever the options say. */
public enum Compression {
    /** As they were written. */
    NONE,
    /** Packed with the JDK's Deflater, in the background, each when it is full and older ones when the store is opened. */
    DEFLATE
}
