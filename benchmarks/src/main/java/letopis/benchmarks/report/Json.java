package letopis.benchmarks.report;

import java.nio.file.Path;

import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/** Records as JSON, one a line. */
public final class Json {
    private static final ObjectMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    public static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    public static <T> T read(Path file, Class<T> type) {
        return MAPPER.readValue(file.toFile(), type);
    }

    public static <T> T read(String line, Class<T> type) {
        return MAPPER.readValue(line, type);
    }
}
