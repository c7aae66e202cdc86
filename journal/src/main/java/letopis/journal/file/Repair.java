package letopis.journal.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import letopis.journal.BlockVisitor;
import letopis.journal.disk.Disk;
import letopis.journal.disk.DiskFile;
import letopis.journal.disk.DiskLock;
import letopis.store.StoreDamagedException;
import letopis.store.StoreUnusableException;
import letopis.store.StoreUnusableException.Reason;

/**
 * Makes a damaged journal one that can be opened, by giving up what it must and nothing else.
 *
 * <p>Positions have no gaps, and revisions neither: so behind the first block that is lost, nothing can stay where it is. The
 * log is cut there. Superblock, headers of segments and publication marker are made anew from what the other files say. No
 * byte of the log is destroyed: segments that are cut or given up stay in the directory under names of their own
 * ({@value #SET_ASIDE}), which nothing reads.
 *
 * <p>Whenever this is interrupted, the store is still refused, or it is repaired; running it again goes on.
 */
public final class Repair {
    /** The ending of the name of a segment that was set aside. */
    public static final String SET_ASIDE = ".given-up";

    private final Disk disk;
    private final Superblock superblock;
    private final boolean superblockIsLost;
    private final int lastSegment;
    private final List<String> rewritten = new ArrayList<>();
    /** Full segments with something else than zeros behind their last block, and where that block ends. */
    private final Map<Integer, Long> dirtyRests = new TreeMap<>();
    private JournalEnd end;

    private Repair(Disk disk) throws IOException {
        this.disk = disk;
        lastSegment = disk.list().stream().mapToInt(SegmentName::number).max().orElse(0);
        Optional<Superblock> said = said();
        superblockIsLost = said.isEmpty();
        superblock = said.isPresent() ? said.get() : guessed();
        end = new JournalEnd(1, superblock.alignmentBytes(), 0, 0);
    }

    private Optional<Superblock> said() throws IOException {
        try {
            return Optional.of(Superblock.read(disk));
        } catch (StoreDamagedException _) {
            rewritten.add(Superblock.FILE);
            return Optional.empty();
        }
    }

    private Superblock guessed() throws IOException {
        return SuperblockGuess.from(disk, lastSegment)
                .orElseThrow(() -> new StoreUnusableException(Reason.NOT_FOUND, disk.name(),
                        "there is no store, or nothing of it that can be read"));
    }

    /**
     * Looks at a journal that nobody has open for writing. Changes nothing.
     *
     * @param givenUp sees the records of intact blocks that will be given up
     * @throws StoreUnusableException if there is no store, or it is of a newer version
     */
    public static RepairPlan plan(Disk disk, BlockVisitor givenUp) throws IOException {
        if (!disk.exists()) {
            throw new StoreUnusableException(Reason.NOT_FOUND, disk.name(), "there is no store");
        }
        return new Repair(disk).plan(givenUp);
    }

    /**
     * Does what the plan says.
     *
     * @return what was done
     * @throws StoreUnusableException if there is no store, or it is open for writing
     * @throws IOException            if a file could not be read or written
     */
    public static RepairPlan run(Disk disk) throws IOException {
        if (!disk.exists()) {
            throw new StoreUnusableException(Reason.NOT_FOUND, disk.name(), "there is no store");
        }
        DiskLock lock = disk.tryLock(StoreFiles.LOCK)
                .orElseThrow(() -> new StoreUnusableException(Reason.IN_USE, disk.name(),
                        "another opening writes to the store; close it first"));
        try (lock) {
            Repair repair = new Repair(disk);
            RepairPlan plan = repair.plan((_, _, _, _, _) -> {});
            repair.carryOut(plan);
            return plan;
        }
    }

    private RepairPlan plan(BlockVisitor visitor) throws IOException {
        for (int number = 1; number <= lastSegment; number++) {
            // Nothing can be told of what is in a packed segment without its header.
            if (!SegmentName.file(disk, number).endsWith(SegmentName.PACKED_ENDING) && !headerIsRight(number)) {
                rewritten.add(SegmentName.file(disk, number));
            }
        }
        Optional<Publication> marker = PublicationFile.read(disk, superblock.storeId());
        try (Segments segments = Segments.unchecked(disk, superblock); BlockScanner scanner = segments.scanner()) {
            while (next(scanner)) {
                // goes on
            }
            if (endIsPacked()) {
                rewritten.add(SegmentName.packed(end.segment())); // who writes goes on in a plain one
            }
            Behind behind = new Behind(scanner, end, lastSegment, visitor);
            behind.look();
            boolean published = marker.isPresent() && marker.get().end().block() > end.block();
            boolean missing = isMissingBefore(lastSegment);
            if (behind.blocks == 0 && !published && !missing) {
                return new RepairPlan(Optional.empty(), rewritten, List.of(), end.block(), end.position(), 0,
                        end.position());
            }
            return new RepairPlan(Optional.of(damage(scanner)), rewritten, setAside(scanner), end.block(),
                    end.position(),
                    behind.blocks, Math.max(end.position(), behind.lastPosition));
        }
    }

    private boolean headerIsRight(int number) throws IOException {
        try (Segments segments = new Segments(disk, superblock, PlantedBug.NONE)) {
            Segment segment = segments.acquire(number);
            byte[] padding = new byte[superblock.alignmentBytes() - FixedFile.BYTES];
            byte[] found = new byte[padding.length];
            segments.read(segment, FixedFile.BYTES, found, found.length);
            segments.release(segment);
            return Arrays.equals(padding, found);
        } catch (StoreDamagedException _) {
            return !disk.list().contains(SegmentName.file(disk, number));
        }
    }

    private boolean next(BlockScanner scanner) throws IOException {
        if (reads(scanner, end)) {
            return true;
        }
        JournalEnd before = end;
        boolean goesOn = reads(scanner,
                new JournalEnd(end.segment() + 1, superblock.alignmentBytes(), end.block(), end.position()));
        if (goesOn && !endsItsSegment(scanner, before)) {
            dirtyRests.put(before.segment(), before.offset());
            rewritten.add(SegmentName.file(disk, before.segment()));
        }
        return goesOn;
    }

    private boolean reads(BlockScanner scanner, JournalEnd at) throws IOException {
        try {
            if (at.segment() > lastSegment || !scanner.read(at.segment(), at.offset()) || !scanner.follows(end)) {
                return false;
            }
            end = scanner.end(at.segment());
            return true;
        } catch (StoreDamagedException _) {
            return false;
        }
    }

    private boolean isMissingBefore(int last) throws IOException {
        List<String> names = disk.list();
        for (int number = 1; number < last; number++) {
            if (!names.contains(SegmentName.file(disk, number))) {
                return true;
            }
        }
        return false;
    }

    private JournalFault damage(BlockScanner scanner) throws IOException {
        String what;
        try {
            what = scanner.read(end.segment(), end.offset())
                    ? "block " + scanner.number() + " with position " + scanner.firstPosition() + " is there"
                    : scanner.fault();
        } catch (StoreDamagedException e) {
            what = e.damage();
        }
        return new JournalFault(SegmentName.file(disk, end.segment()), end.offset(),
                "block " + (end.block() + 1) + " should be here, and is not: " + what);
    }

    /** The segments behind the end of the log, and that of the end if there is anything behind it. */
    private List<String> setAside(BlockScanner scanner) throws IOException {
        List<String> names = disk.list();
        List<String> aside = new ArrayList<>();
        for (int number = endsItsSegment(scanner, end)
                ? end.segment() + 1
                : end.segment(); number <= lastSegment; number++) {
            SegmentName.forms(number).stream().filter(names::contains).forEach(aside::add);
        }
        return aside;
    }

    /** Whether there is nothing but zeros behind an end of the log in its segment. */
    private static boolean endsItsSegment(BlockScanner scanner, JournalEnd at) throws IOException {
        try {
            return scanner.firstNonZero(at.segment(), at.offset()) == scanner.segmentBytes(at.segment());
        } catch (StoreDamagedException _) {
            return false;
        }
    }

    private void carryOut(RepairPlan plan) throws IOException {
        if (superblockIsLost) {
            FixedFile.replace(disk, Superblock.FILE, superblock.encode());
        }
        for (String name : plan.rewritten()) {
            int number = SegmentName.number(name);
            if (number > 0 && SegmentName.packedNumber(name) == 0 && !plan.setAside().contains(name)) {
                rewrite(name, number);
            }
        }
        if (plan.damage().isPresent()) {
            cut(plan.setAside());
        }
        if (endIsPacked()) {
            unpackEnd();
        }
    }

    private boolean endIsPacked() throws IOException {
        return SegmentName.packedNumber(SegmentName.file(disk, end.segment())) > 0;
    }

    private void unpackEnd() throws IOException {
        writeCut();
        String plain = SegmentName.of(end.segment());
        disk.rename(plain + SegmentSupply.UNFINISHED, plain);
        disk.forceDirectory();
        disk.delete(SegmentName.packed(end.segment()));
        disk.forceDirectory();
    }

    private void rewrite(String name, int number) throws IOException {
        try (DiskFile file = disk.open(name, Disk.Access.WRITE)) {
            long size = Math.ceilDiv(file.size(), superblock.alignmentBytes()) * (long) superblock.alignmentBytes();
            if (size > file.size()) {
                file.write(size - 1, new byte[1], 0, 1);
            }
            byte[] header = new byte[superblock.alignmentBytes()];
            System.arraycopy(SegmentHeader.encode(superblock.storeId(), number, size), 0, header, 0, FixedFile.BYTES);
            file.write(0, header, 0, header.length);
            for (long at = dirtyRests.getOrDefault(number, size); at < size; at += header.length) {
                file.write(at, new byte[header.length], 0, header.length);
            }
            file.force();
        }
    }

    /** The later segments go first, so that the damage is seen until the last step. */
    private void cut(List<String> names) throws IOException {
        String kept = SegmentName.of(end.segment());
        boolean cut = names.stream().anyMatch(it -> SegmentName.number(it) == end.segment());
        if (cut) {
            writeCut();
        }
        ForcedFile.remove(disk);
        FixedFile.replace(disk, Publication.FILE,
                new Publication(end, Publication.State.OPEN).encode(superblock.storeId()));
        for (String name : names.reversed()) {
            if (SegmentName.number(name) == end.segment()) {
                new CopiedSegment(disk, disk).copyAs(name, free(name));
            } else {
                disk.rename(name, free(name));
            }
        }
        disk.forceDirectory();
        if (cut) {
            disk.rename(kept + SegmentSupply.UNFINISHED, kept);
            for (String form : SegmentName.forms(end.segment())) {
                if (!form.equals(kept)) {
                    disk.delete(form);
                }
            }
            disk.forceDirectory();
        }
    }

    private void writeCut() throws IOException {
        try (Segments segments = Segments.unchecked(disk, superblock)) {
            SegmentCut.write(segments, end, Optional.empty(), disk);
        }
    }

    /** A name for what is set aside that nothing has yet. */
    private String free(String name) throws IOException {
        List<String> names = disk.list();
        String free = name + SET_ASIDE;
        for (int again = 2; names.contains(free); again++) {
            free = name + SET_ASIDE + "-" + again;
        }
        return free;
    }
}
