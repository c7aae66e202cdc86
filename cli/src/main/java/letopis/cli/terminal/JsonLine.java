package letopis.cli.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;

import letopis.store.Bytes;

/** Builds a JSON object on one line, with its members in the order they are given. */
public final class JsonLine {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    private boolean started;

    public JsonLine member(String name, String value) {
        name(name);
        text(value);
        return this;
    }

    public JsonLine member(String name, long value) {
        name(name);
        ascii(Long.toString(value));
        return this;
    }

    public JsonLine member(String name, boolean value) {
        name(name);
        ascii(Boolean.toString(value));
        return this;
    }

    public JsonLine member(String name, Collection<String> values) {
        name(name);
        bytes.write('[');
        boolean first = true;
        for (String value : values) {
            if (!first) {
                bytes.write(',');
            }
            first = false;
            text(value);
        }
        bytes.write(']');
        return this;
    }

    /** A member whose value is JSON already, byte by byte. */
    public JsonLine json(String name, Bytes value) {
        name(name);
        byte[] array = value.toArray();
        bytes.write(array, 0, array.length);
        return this;
    }

    /** A member with the bytes in Base64. */
    public JsonLine base64(String name, Bytes value) {
        name(name);
        bytes.write('"');
        bytes.writeBytes(Base64.getEncoder().encode(value.toArray()));
        bytes.write('"');
        return this;
    }

    /** Writes the line. */
    public void to(Output out) {
        byte[] line = end();
        out.write(line, 0, line.length);
    }

    /** The line, with its end of line. */
    public byte[] end() {
        if (!started) {
            bytes.write('{');
        }
        bytes.write('}');
        bytes.write('\n');
        return bytes.toByteArray();
    }

    private void name(String name) {
        bytes.write(started ? ',' : '{');
        started = true;
        text(name);
        bytes.write(':');
    }

    private void text(String value) {
        bytes.write('"');
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b == '"' || b == '\\') {
                bytes.write('\\');
                bytes.write(b);
            } else if (b >= 0 && b < ' ') {
                ascii("\\u00");
                bytes.write(HEX[b >> 4]);
                bytes.write(HEX[b & 15]);
            } else {
                bytes.write(b);
            }
        }
        bytes.write('"');
    }

    private void ascii(String text) {
        bytes.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
