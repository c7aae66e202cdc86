package letopis.journal.file;

/** The journal as segment files of one directory. */
public final class FileJournal {
    private FileJournal() {}
}
