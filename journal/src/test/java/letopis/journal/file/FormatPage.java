package letopis.journal.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The page {@code docs/file-format.md}: its tables, and its example. */
final class FormatPage {
    private static final Pattern EXAMPLE = Pattern.compile("`([a-z0-9.]+)`\n\n```hex\n(.*?)\n```", Pattern.DOTALL);
    private static final Pattern TABLE = Pattern.compile("<!-- table (\\S+) (\\d+) -->\n((?:\\|.*\n)+)");
    private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| (\\d+) \\| (.*?) \\| (.*?) \\|");

    private final Map<String, String> examples = new LinkedHashMap<>();
    private final List<Table> tables = new ArrayList<>();

    private FormatPage(String text) {
        Matcher example = EXAMPLE.matcher(text);
        while (example.find()) {
            examples.put(example.group(1), example.group(2));
        }
        Matcher table = TABLE.matcher(text);
        while (table.find()) {
            tables.add(new Table(table.group(1), Integer.parseInt(table.group(2)),
                    ROW.matcher(table.group(3))
                            .results()
                            .map(row -> new Row(Integer.parseInt(row.group(1)),
                                    Integer.parseInt(row.group(2)), row.group(3), row.group(4)))
                            .toList()));
        }
    }

    static FormatPage read() {
        Path name = Path.of("docs", "file-format.md");
        Path page = Stream.iterate(Path.of("").toAbsolutePath(), Path::getParent)
                .map(folder -> folder.resolve(name))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        try {
            return new FormatPage(Files.readString(page).replace("\r\n", "\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of the example, as the page shows them. */
    Map<String, String> examples() {
        return examples;
    }

    List<Table> tables() {
        return tables;
    }

    /** The table for what stands at an offset of a file in the example. */
    Table table(String file, int offset) {
        return tables.stream()
                .filter(table -> table.file().equals(file) && table.offset() == offset)
                .findFirst()
                .orElseThrow();
    }

    /** A table of fields, and where in the example they stand. */
    record Table(String file, int offset, List<Row> rows) {
        /** A field in a part of a file that has the form of this table. */
        byte[] bytes(byte[] content, int from, String what) {
            Row row = rows.stream().filter(each -> each.what().startsWith(what)).findFirst().orElseThrow();
            return row.bytes(content, from);
        }

        long number(byte[] content, int from, String what) {
            return FormatPage.number(bytes(content, from, what));
        }
    }

    /** A field. */
    record Row(int offset, int size, String what, String value) {
        byte[] bytes(byte[] content, int from) {
            return Arrays.copyOfRange(content, from + offset, from + offset + size);
        }

        /** Bytes in words of the kind in which the page has this field. */
        String inWords(byte[] bytes) {
            if (value.equals("zero")) {
                return Arrays.equals(bytes, new byte[bytes.length]) ? "zero" : HexFormat.of().formatHex(bytes);
            }
            if (value.startsWith("text")) {
                return "text `" + new String(bytes, StandardCharsets.UTF_8) + "`";
            }
            if (value.startsWith("id")) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                return "id `" + new UUID(buffer.getLong(), buffer.getLong()) + "`";
            }
            return value.startsWith("hex") ? String.format("hex `%08x`", number(bytes)) : "`" + number(bytes) + "`";
        }
    }

    private static long number(byte[] bytes) {
        return ByteBuffer.wrap(Arrays.copyOf(bytes, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }
}
