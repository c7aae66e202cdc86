package letopis.journal.disk;

import java.util.Map;

/** A change of the names in a directory that is not durable yet. */
sealed interface NameChange {
    void apply(Map<String, Image> names);

    /** The name that is changed. */
    String name();

    /** A new file. */
    record Created(String file, Image image) implements NameChange {
        @Override
        public String name() {
            return file;
        }

        @Override
        public void apply(Map<String, Image> names) {
            names.put(file, image);
        }

        @Override
        public String toString() {
            return file;
        }
    }

    /** A file got another name. */
    record Renamed(String from, String to, Image image) implements NameChange {
        @Override
        public String name() {
            return from;
        }

        @Override
        public void apply(Map<String, Image> names) {
            names.remove(from, image);
            names.put(to, image);
        }

        @Override
        public String toString() {
            return from + " to " + to;
        }
    }

    /** A file was deleted. */
    record Deleted(String file) implements NameChange {
        @Override
        public String name() {
            return file;
        }

        @Override
        public void apply(Map<String, Image> names) {
            names.remove(file);
        }

        @Override
        public String toString() {
            return file;
        }
    }
}
