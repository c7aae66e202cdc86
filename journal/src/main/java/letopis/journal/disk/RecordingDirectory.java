package letopis.journal.disk;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A directory of a {@link RecordingDisk}: its files are among those of the disk, their names begin with its own. */
final class RecordingDirectory implements Disk {
    private final RecordingDisk disk;
    private final String prefix;

    RecordingDirectory(RecordingDisk disk, String name) {
        this.disk = disk;
        this.prefix = name + '/';
    }

    @Override
    public String name() {
        return disk.name() + '/' + prefix;
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
        return disk.namesIn(prefix);
    }

    @Override
    public Disk directory(String name) {
        return new RecordingDirectory(disk, prefix + name);
    }

    @Override
    public DiskFile open(String file, Access access) throws IOException {
        return disk.open(prefix + file, access);
    }

    @Override
    public void rename(String from, String to) throws IOException {
        disk.rename(prefix + from, prefix + to);
    }

    @Override
    public void delete(String file) {
        disk.delete(prefix + file);
    }

    @Override
    public void forceDirectory() {
        disk.forceNames(prefix);
    }

    @Override
    public Optional<DiskLock> tryLock(String file) throws IOException {
        return disk.tryLock(prefix + file);
    }

    @Override
    public boolean isLocked(String file) {
        return disk.isLocked(prefix + file);
    }
}
