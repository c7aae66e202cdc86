package letopis.engine.index.run;

/** Takes numbers and names from the pages of a run, one after the other. */
final class PageScanner {
    private final Pages pages;
    private long at;

    PageScanner(Pages pages, long at) {
        this.pages = pages;
        this.at = at;
    }

    long at() {
        return at;
    }

    void goTo(long newAt) {
        at = newAt;
    }

    int takeByte() {
        return pages.byteAt(at++);
    }

    long takeLong() {
        long value = pages.longAt(at);
        at += Long.BYTES;
        return value;
    }

    long takeNumber() {
        int next = pages.byteAt(at++);
        long value = next & 0x7f;
        for (int shift = 7; next >= 0x80; shift += 7) {
            next = pages.byteAt(at++);
            value |= (long) (next & 0x7f) << shift;
        }
        return value;
    }

    byte[] takeBytes(int length) {
        byte[] bytes = pages.bytesAt(at, length);
        at += length;
        return bytes;
    }
}
