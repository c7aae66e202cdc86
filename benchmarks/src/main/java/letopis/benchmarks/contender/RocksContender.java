package letopis.benchmarks.contender;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.LRUCache;
import org.rocksdb.OptimisticTransactionDB;
import org.rocksdb.OptimisticTransactionOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Status;
import org.rocksdb.Transaction;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as a team would write it: the key of an event is its stream, a zero and the revision, and a key of each stream has its
 * last revision. An append is an optimistic transaction, which reads the last revision for update and is refused when another
 * changed it meanwhile; it is committed with {@code sync}. The block cache has 256 MiB. There is no order of the whole store:
 * reading all goes in the order of the keys.
 */
final class RocksContender implements Contender {
    private final Options options;
    private final LRUCache cache = new LRUCache(256L << 20);
    private final OptimisticTransactionDB db;
    private final WriteOptions sync = new WriteOptions().setSync(true);
    private final OptimisticTransactionOptions snapshot = new OptimisticTransactionOptions().setSetSnapshot(true);
    private final ReadOptions reading = new ReadOptions();

    static {
        RocksDB.loadLibrary();
    }

    RocksContender(Path directory) {
        try {
            Files.createDirectories(directory);
            options = new Options().setCreateIfMissing(true)
                    .setIncreaseParallelism(Runtime.getRuntime().availableProcessors())
                    .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache));
            db = OptimisticTransactionDB.open(options, directory.toString());
        } catch (Exception e) {
            throw new IllegalStateException("RocksDB did not open in " + directory, e);
        }
    }

    @Override
    public long append(String stream, long expectedRevision, List<Sample> events) throws StaleRevisionException {
        byte[] last = lastKey(stream);
        try (Transaction transaction = db.beginTransaction(sync, snapshot)) {
            long revision = revision(transaction.getForUpdate(reading, last, true));
            if (revision != expectedRevision) {
                throw new StaleRevisionException(revision);
            }
            for (Sample event : events) {
                transaction.putUntracked(key(stream, ++revision), value(event));
            }
            transaction.put(last, number(revision));
            transaction.commit();
            return revision;
        } catch (RocksDBException e) {
            Status status = e.getStatus();
            if (status != null && (status.getCode() == Status.Code.Busy || status.getCode() == Status.Code.TryAgain)) {
                throw new StaleRevisionException(revision(stream));
            }
            throw new IllegalStateException(e);
        }
    }

    private long revision(String stream) {
        try {
            return revision(db.get(lastKey(stream)));
        } catch (RocksDBException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long revision(byte @org.jspecify.annotations.Nullable [] value) {
        return value == null ? -1 : ByteBuffer.wrap(value).getLong();
    }

    private static byte[] lastKey(String stream) {
        return ("!" + stream).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] key(String stream, long revision) {
        byte[] name = stream.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(name.length + 9).put(name).put((byte) 0).putLong(revision).array();
    }

    private static byte[] number(long revision) {
        return ByteBuffer.allocate(8).putLong(revision).array();
    }

    private static byte[] value(Sample event) {
        byte[] type = event.type().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(16 + 8 + 1 + type.length + 4 + event.metadata().length + event.data().length)
                .putLong(event.id().getMostSignificantBits())
                .putLong(event.id().getLeastSignificantBits())
                .putLong(System.currentTimeMillis())
                .put((byte) type.length)
                .put(type)
                .putInt(event.metadata().length)
                .put(event.metadata())
                .put(event.data())
                .array();
    }

    @Override
    public void fill(Filling filling) throws Exception {
        Map<String, Long> last = new HashMap<>();
        try (WriteBatch batch = new WriteBatch(); WriteOptions plain = new WriteOptions()) {
            filling.into(one -> {
                long revision = one.expectedRevision();
                for (Sample event : one.events()) {
                    batch.put(key(one.stream(), ++revision), value(event));
                }
                last.put(one.stream(), revision);
                if (batch.count() >= 1_000) {
                    db.write(plain, batch);
                    batch.clear();
                }
            });
            for (Map.Entry<String, Long> entry : last.entrySet()) {
                batch.put(lastKey(entry.getKey()), number(entry.getValue()));
            }
            db.write(sync, batch);
        }
        db.compactRange();
    }

    @Override
    public void load(String stream, Tally tally) {
        byte[] from = key(stream, 0);
        byte[] to = from.clone();
        to[to.length - 9] = 1;
        try (Slice end = new Slice(to);
                ReadOptions bounded = new ReadOptions().setIterateUpperBound(end);
                RocksIterator iterator = db.newIterator(bounded)) {
            iterator.seek(from);
            read(iterator, tally);
        }
    }

    @Override
    public void readAll(Tally tally) {
        try (RocksIterator iterator = db.newIterator(reading)) {
            iterator.seek("\"".getBytes(StandardCharsets.UTF_8));
            read(iterator, tally);
        }
    }

    private static void read(RocksIterator iterator, Tally tally) {
        for (; iterator.isValid(); iterator.next()) {
            byte[] key = iterator.key();
            byte[] value = iterator.value();
            int typeLength = value[24];
            String type = new String(value, 25, typeLength, StandardCharsets.UTF_8);
            int metadataLength = ByteBuffer.wrap(value).getInt(25 + typeLength);
            int metadataAt = 29 + typeLength;
            byte[] metadata = Arrays.copyOfRange(value, metadataAt, metadataAt + metadataLength);
            byte[] data = Arrays.copyOfRange(value, metadataAt + metadataLength, value.length);
            tally.add(ByteBuffer.wrap(key).getLong(key.length - 8), data.length, metadata.length, type.length());
        }
    }

    @Override
    public void readTag(String tag, Tally tally) {
        throw new UnsupportedOperationException("no index of tags was written by hand over RocksDB");
    }

    @Override
    public void readType(String type, Tally tally) {
        throw new UnsupportedOperationException("no index of types was written by hand over RocksDB");
    }

    @Override
    public void close() {
        try (options; cache; db; sync; snapshot; reading) {
            db.cancelAllBackgroundWork(true);
        }
    }
}
