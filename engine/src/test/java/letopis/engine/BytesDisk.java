package letopis.engine;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.DiskLock;
import letopis.journal.disk.FileMissingException;

/** A disk of byte arrays: a copy of it costs nothing but the files that are changed. Whatever is written is durable. */
final class BytesDisk implements Disk {
    private final Root root;
    private final String prefix;

    /** What all directories of a disk share, and its lock. */
    private static final class Root {
        private final Map<String, Content> files;
        private final Set<String> locks = new TreeSet<>();

        private Root(Map<String, Content> files) {
            this.files = files;
        }
    }

    /** A file; its array may be shared with copies of the disk, and then is not changed. */
    private static final class Content {
        private byte[] bytes;
        private int size;
        private boolean shared;

        private Content(byte[] bytes, int size, boolean shared) {
            this.bytes = bytes;
            this.size = size;
            this.shared = shared;
        }

        private void own(int capacity) {
            if (shared || capacity > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.max(capacity, capacity > bytes.length ? 2 * size : size));
                shared = false;
            }
        }
    }

    BytesDisk() {
        this(new Root(new TreeMap<>()), "");
    }

    private BytesDisk(Root root, String prefix) {
        this.root = root;
        this.prefix = prefix;
    }

    /** Another disk with the same files, and no locks. */
    BytesDisk copy() {
        synchronized (root) {
            Map<String, Content> files = new TreeMap<>();
            root.files.forEach((name, content) -> {
                content.shared = true;
                files.put(name, new Content(content.bytes, content.size, true));
            });
            return new BytesDisk(new Root(files), "");
        }
    }

    /** All files, those in directories included. */
    List<String> files() {
        synchronized (root) {
            return List.copyOf(root.files.keySet());
        }
    }

    int totalBytes() {
        synchronized (root) {
            return root.files.values().stream().mapToInt(it -> it.size).sum();
        }
    }

    byte[] bytes(String file) {
        synchronized (root) {
            Content content = content(file);
            return Arrays.copyOf(content.bytes, content.size);
        }
    }

    int size(String file) {
        synchronized (root) {
            return content(file).size;
        }
    }

    private Content content(String file) {
        Content content = root.files.get(file);
        if (content == null) {
            throw new AssertionError(file + " is not there");
        }
        return content;
    }

    void put(String file, byte[] bytes) {
        synchronized (root) {
            root.files.put(file, new Content(bytes, bytes.length, true));
        }
    }

    /** Turns a bit over; again, and it is as it was. */
    void flip(String file, int offset, int bit) {
        synchronized (root) {
            Content content = content(file);
            content.own(content.size);
            content.bytes[offset] ^= (byte) (1 << bit);
        }
    }

    @Override
    public String name() {
        return "disk of bytes";
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public void create() {
        // It is there.
    }

    @Override
    public List<String> list() {
        synchronized (root) {
            return root.files.keySet()
                    .stream()
                    .filter(it -> it.startsWith(prefix))
                    .map(it -> it.substring(prefix.length()))
                    .map(it -> it.contains("/") ? it.substring(0, it.indexOf('/')) : it)
                    .distinct()
                    .toList();
        }
    }

    @Override
    public BytesDisk directory(String name) {
        return new BytesDisk(root, prefix + name + "/");
    }

    @Override
    public DiskFile open(String file, Access access) throws IOException {
        synchronized (root) {
            Content content = root.files.get(prefix + file);
            if (access == Access.CREATE) {
                if (content != null) {
                    throw new IOException(file + " is there already");
                }
                content = new Content(new byte[0], 0, false);
                root.files.put(prefix + file, content);
            }
            if (content == null) {
                throw new FileMissingException(file + " is not there");
            }
            return new OpenFile(content);
        }
    }

    @Override
    public void rename(String from, String to) throws IOException {
        synchronized (root) {
            Content content = root.files.remove(prefix + from);
            if (content == null) {
                throw new FileMissingException(from + " is not there");
            }
            root.files.put(prefix + to, content);
        }
    }

    @Override
    public void delete(String file) {
        synchronized (root) {
            root.files.remove(prefix + file);
        }
    }

    @Override
    public void forceDirectory() {
        // It is durable.
    }

    @Override
    public Optional<DiskLock> tryLock(String file) {
        synchronized (root) {
            if (!root.locks.add(prefix + file)) {
                return Optional.empty();
            }
            root.files.putIfAbsent(prefix + file, new Content(new byte[0], 0, false));
            return Optional.of(() -> {
                synchronized (root) {
                    root.locks.remove(prefix + file);
                }
            });
        }
    }

    @Override
    public boolean isLocked(String file) {
        synchronized (root) {
            return root.locks.contains(prefix + file);
        }
    }

    /** An open file; it may have lost its name. */
    private final class OpenFile implements DiskFile {
        private final Content content;

        private OpenFile(Content content) {
            this.content = content;
        }

        @Override
        public long size() {
            synchronized (root) {
                return content.size;
            }
        }

        @Override
        public int read(long offset, byte[] target, int from, int length) {
            synchronized (root) {
                int readable = (int) Math.max(0, Math.min(length, content.size - offset));
                if (readable > 0) {
                    System.arraycopy(content.bytes, (int) offset, target, from, readable);
                }
                return readable;
            }
        }

        @Override
        public void write(long offset, byte[] source, int from, int length) {
            synchronized (root) {
                int end = Math.toIntExact(offset + length);
                content.own(Math.max(content.size, end));
                System.arraycopy(source, from, content.bytes, (int) offset, length);
                content.size = Math.max(content.size, end);
            }
        }

        @Override
        public void truncate(long size) {
            synchronized (root) {
                if (size < content.size) {
                    content.own(content.size);
                    Arrays.fill(content.bytes, (int) size, content.size, (byte) 0);
                    content.size = (int) size;
                }
            }
        }

        @Override
        public void force() {
            // It is durable.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
