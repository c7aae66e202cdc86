package letopis.engine.index.run;

import java.io.IOException;

/** Takes the bytes of a run, one after the other. */
@FunctionalInterface
public interface Sink {
    void write(byte[] source, int from, int length) throws IOException;
}
