package letopis.journal.disk;

/** One flat directory of files, and nothing else: what the engine may do to a disk. */
public interface Disk {
}
