package letopis.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Trees of all small sizes, and large ones at random, against the definitions. */
class HashTreeTest {
    private static final int SMALL = 70;

    @Test
    void smallTreesAreAsTheDefinitionSays() {
        List<Hash> leaves = Leaves.numbered(SMALL);
        for (int size = 1; size <= SMALL; size++) {
            check(leaves.subList(0, size), size);
        }
    }

    @Test
    void largeTreesAreAsTheDefinitionSays() {
        long seed = Long.getLong("letopis.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int round = 0; round < 10; round++) {
            List<Hash> leaves = Leaves.numbered(1 + random.nextInt(6000));
            HashTree tree = Leaves.tree(leaves);
            int leaf = random.nextInt(leaves.size());
            int old = 1 + random.nextInt(leaves.size());

            String what = "seed " + seed + ": leaf " + leaf + " and size " + old + " of " + leaves.size();
            Hash root = RecursiveTree.root(leaves);
            assertThat(tree.root(leaves.size())).as(what).isEqualTo(root);
            assertThat(tree.inclusion(leaf, leaves.size())).as(what).isEqualTo(RecursiveTree.path(leaf, leaves));
            assertThat(tree.consistency(old, leaves.size())).as(what).isEqualTo(RecursiveTree.proof(old, leaves));
            Hash oldRoot = RecursiveTree.root(leaves.subList(0, old));
            assertThat(TreeProof.consistencyRoots(old, oldRoot, leaves.size(), tree.consistency(old, leaves.size())))
                    .as(what)
                    .isEqualTo(new TreeProof.Roots(oldRoot, root));
        }
    }

    @Test
    void aFrontierGoesOnWhereItWasKept() {
        List<Hash> leaves = Leaves.numbered(SMALL);
        for (int kept = 0; kept <= SMALL; kept++) {
            Frontier first = new Frontier(new TreeHasher());
            leaves.subList(0, kept).forEach(first::append);
            Frontier second = new Frontier(new TreeHasher());
            second.restore(kept, first.hashes());
            leaves.subList(kept, SMALL).forEach(second::append);

            assertThat(second.size()).isEqualTo(SMALL);
            assertThat(second.root()).as("kept at %d", kept).isEqualTo(RecursiveTree.root(leaves));
        }
        assertThatThrownBy(() -> new Frontier(new TreeHasher()).restore(3, leaves.subList(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A path is believed for its own leaf, size and root, and for none of the others. */
    private static void check(List<Hash> leaves, int size) {
        HashTree tree = Leaves.tree(leaves);
        Hash root = RecursiveTree.root(leaves);
        for (int leaf = 0; leaf < size; leaf++) {
            List<Hash> path = tree.inclusion(leaf, size);
            assertThat(path).isEqualTo(RecursiveTree.path(leaf, leaves));
            for (int other = 0; other < size; other++) {
                assertThat(leadsTo(root, leaves.get(leaf), other, size, path))
                        .as("leaf %d shown as %d of %d", leaf, other, size)
                        .isEqualTo(leaf == other);
            }
            assertThat(leadsTo(root, leaves.get(leaf), leaf, size, longer(path))).isFalse();
            assertThat(!path.isEmpty() && leadsTo(root, leaves.get(leaf), leaf, size, path.subList(1, path.size())))
                    .isFalse();
        }
        for (int old = 1; old <= size; old++) {
            List<Hash> path = tree.consistency(old, size);
            assertThat(path).isEqualTo(RecursiveTree.proof(old, leaves));
            Hash oldRoot = RecursiveTree.root(leaves.subList(0, old));
            assertThat(TreeProof.consistencyRoots(old, oldRoot, size, path))
                    .isEqualTo(new TreeProof.Roots(oldRoot, root));
            int oldSize = old;
            assertThatThrownBy(() -> TreeProof.consistencyRoots(oldSize, oldRoot, size, longer(path)))
                    .isInstanceOf(InvalidProofException.class);
            if (!path.isEmpty()) {
                assertThatThrownBy(
                        () -> TreeProof.consistencyRoots(oldSize, oldRoot, size, path.subList(0, path.size() - 1)))
                        .isInstanceOf(InvalidProofException.class);
            }
        }
    }

    private static boolean leadsTo(Hash root, Hash leafHash, int leaf, int size, List<Hash> path) {
        try {
            return TreeProof.inclusionRoot(leafHash, leaf, size, path).equals(root);
        } catch (InvalidProofException _) {
            return false;
        }
    }

    private static List<Hash> longer(List<Hash> path) {
        List<Hash> more = new ArrayList<>(path);
        more.add(new TreeHasher().empty());
        return more;
    }
}
