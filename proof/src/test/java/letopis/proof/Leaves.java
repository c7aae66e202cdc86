package letopis.proof;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Leaves for tests. */
final class Leaves {
    private Leaves() {}

    /** The entries that the tests of Certificate Transparency have. */
    static List<byte[]> reference() {
        return Stream.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                "606162636465666768696a6b6c6d6e6f").map(HexFormat.of()::parseHex).toList();
    }

    static List<Hash> hashes(List<byte[]> entries) {
        TreeHasher hasher = new TreeHasher();
        return entries.stream().map(hasher::leaf).toList();
    }

    static List<Hash> numbered(int count) {
        return hashes(IntStream.range(0, count).mapToObj(Leaves::entry).toList());
    }

    static byte[] entry(int number) {
        return ("entry " + number).getBytes(StandardCharsets.UTF_8);
    }

    static HashTree tree(List<Hash> leaves) {
        TreeHasher hasher = new TreeHasher();
        return new HashTree(hasher, subtrees(hasher, leaves));
    }

    static Subtrees subtrees(TreeHasher hasher, List<Hash> leaves) {
        ChunkRoots chunks = new ChunkRoots();
        Frontier frontier = new Frontier(hasher, chunks);
        leaves.forEach(frontier::append);
        return chunks.over(hasher, (level, index) -> leaves.get((int) index));
    }

    static List<Hash> hex(String... digits) {
        List<Hash> hashes = new ArrayList<>();
        for (String one : digits) {
            hashes.add(Hash.ofHex(one));
        }
        return hashes;
    }
}
