package letopis.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A field in which two values differ.
 *
 * @param field  its path: {@code address.city}; of a map the keys are part of it; empty for the value as a whole
 * @param before what it was, as text; nothing where it was not there
 * @param after  what it is, as text; nothing where it is not there any more
 */
public record Difference(String field, Optional<String> before, Optional<String> after) {
    /**
     * Where two values differ. Records are compared by their components, maps by their keys; other objects by the members of
     * their JSON, where they can be written so, and else as a whole.
     */
    public static List<Difference> between(Object before, Object after) {
        List<Difference> found = new ArrayList<>();
        compare("", before, after, found);
        return found;
    }

    private static void compare(String path, @Nullable Object before, @Nullable Object after, List<Difference> found) {
        if (before == null ? after == null : before.equals(after)) {
            return;
        }
        Optional<Map<String, @Nullable Object>> old = parts(before);
        Optional<Map<String, @Nullable Object>> now = parts(after);
        if (old.isEmpty() || now.isEmpty()) {
            found.add(new Difference(path, text(before), text(after)));
            return;
        }
        Set<String> names = new LinkedHashSet<>(old.get().keySet());
        names.addAll(now.get().keySet());
        for (String name : names) {
            compare(path.isEmpty() ? name : path + "." + name, old.get().get(name), now.get().get(name), found);
        }
    }

    private static Optional<String> text(@Nullable Object value) {
        return Optional.ofNullable(value).map(String::valueOf);
    }

    /** The named parts of a value; nothing if it has none. */
    private static Optional<Map<String, @Nullable Object>> parts(@Nullable Object value) {
        return switch (value) {
            case null -> Optional.empty();
            case Record it -> components(it);
            case Map<?, ?> it -> {
                Map<String, @Nullable Object> parts = new LinkedHashMap<>();
                it.forEach((key, part) -> parts.put(String.valueOf(key), part));
                yield Optional.of(parts);
            }
            default -> members(value);
        };
    }

    private static Optional<Map<String, @Nullable Object>> components(Record value) {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                parts.put(component.getName(), component.getAccessor().invoke(value));
            } catch (IllegalAccessException | InvocationTargetException | RuntimeException _) {
                return members(value); // the record's module is closed, or an accessor does more than to hand out
            }
        }
        return Optional.of(parts);
    }

    /** The members of the value's JSON, if that is an object. */
    private static Optional<Map<String, @Nullable Object>> members(Object value) {
        try {
            Map<?, ?> json = JsonCodec.DEFAULT.read(JsonCodec.DEFAULT.write(value), Map.class);
            Map<String, @Nullable Object> parts = new LinkedHashMap<>();
            json.forEach((key, part) -> parts.put(String.valueOf(key), part));
            return Optional.of(parts);
        } catch (CodecException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return (field.isEmpty() ? "" : field + ": ") + shown(before) + " -> " + shown(after);
    }

    private static String shown(Optional<String> value) {
        return value.map(text -> text.isEmpty() ? "\"\"" : text).orElse("nothing");
    }
}
