package letopis.model;

import java.lang.reflect.Modifier;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which record of a sealed family is stored under which name. All reflection happens when it is made. */
final class TypeNames<E> {
    private final Class<E> family;
    private final Map<Class<?>, String> names;
    private final Map<String, Class<? extends E>> records;

    private TypeNames(Class<E> family, Map<Class<?>, String> names, Map<String, Class<? extends E>> records) {
        this.family = family;
        this.names = Collections.unmodifiableMap(names);
        this.records = Collections.unmodifiableMap(records);
    }

    static <E> TypeNames<E> of(Class<E> family, Map<Class<? extends E>, String> given) {
        Map<Class<?>, String> names = new LinkedHashMap<>();
        collect(family, family, names);
        given.forEach((record, name) -> {
            if (names.replace(record, name) == null) {
                throw new IllegalArgumentException(record.getName() + " is not a record of " + family.getName());
            }
            if (name.isBlank()) {
                throw new IllegalArgumentException("the type name of " + record.getName() + " is blank");
            }
        });
        return new TypeNames<>(family, names, index(family, names));
    }

    private static void collect(Class<?> family, Class<?> type, Map<Class<?>, String> names) {
        if (type.isRecord()) {
            names.put(type, type.getSimpleName());
        } else if (type.isSealed() && (type.isInterface() || Modifier.isAbstract(type.getModifiers()))) {
            for (Class<?> member : type.getPermittedSubclasses()) {
                collect(family, member, names);
            }
        } else {
            throw new IllegalArgumentException(
                    "the events of " + family.getName() + " cannot be known: " + type.getName()
                            + " is neither a record nor a sealed interface of records");
        }
    }

    private static <E> Map<String, Class<? extends E>> index(Class<E> family, Map<Class<?>, String> names) {
        Map<String, Class<? extends E>> records = new HashMap<>();
        names.forEach((record, name) -> {
            Class<?> other = records.put(name, record.asSubclass(family));
            if (other != null) {
                throw new IllegalArgumentException("events " + other.getName() + " and " + record.getName()
                        + " would both be stored under the type name \"" + name
                        + "\"; rename one of the records, or give it another name: EventTypes.of("
                        + family.getSimpleName() + ".class, Map.of(" + record.getSimpleName() + ".class, \"…\"))");
            }
        });
        return records;
    }

    String family() {
        return family.getSimpleName();
    }

    List<String> all() {
        return List.copyOf(names.values());
    }

    String nameOf(E event) {
        String name = names.get(event.getClass());
        if (name == null) {
            throw new IllegalArgumentException(event.getClass().getName() + " is not a record of " + family.getName());
        }
        return name;
    }

    Optional<Class<? extends E>> recordOf(String name) {
        return Optional.ofNullable(records.get(name));
    }
}
