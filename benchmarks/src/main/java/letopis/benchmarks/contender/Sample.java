package letopis.benchmarks.contender;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * An event to append: {@value #DATA_BYTES} bytes of data and {@value #METADATA_BYTES} of metadata, both JSON. The texts come
 * from a pool that is made once, so that making events costs next to nothing; the ids are new each time.
 *
 * @param tags none, but where tags are what is measured
 */
@SuppressWarnings("ArrayRecordComponent") // what is stored is bytes, and samples are never compared
public record Sample(UUID id, String type, byte[] data, byte[] metadata, List<String> tags) {
    /** How many bytes of data an event has. */
    public static final int DATA_BYTES = 256;
    /** How many bytes of metadata an event has. */
    public static final int METADATA_BYTES = 64;
    /** The type that one event of a hundred has. */
    public static final String RARE_TYPE = "OrderReturned";

    private static final int POOL = 4_096;
    private static final byte[][] DATA = new byte[POOL][];
    private static final byte[][] METADATA = new byte[POOL][];
    private static final String[] TYPES = {"OrderCreated", "OrderShipped", "OrderInvoiced", "OrderPaid"};

    static {
        SplittableRandom random = new SplittableRandom(17);
        for (int i = 0; i < POOL; i++) {
            DATA[i] = json("{\"customer\":\"c-" + random.nextInt(100_000) + "\",\"amount\":" + random.nextInt(1_000_000)
                    + ",\"note\":\"", random, DATA_BYTES);
            METADATA[i] = json("{\"correlation\":\"", random, METADATA_BYTES);
        }
    }

    /** An event without tags. */
    public static Sample of(long number) {
        return of(number, List.of());
    }

    /** An event with tags. */
    public static Sample of(long number, List<String> tags) {
        int text = (int) (number & (POOL - 1));
        ThreadLocalRandom random = ThreadLocalRandom.current();
        UUID id = new UUID((random.nextLong() & ~0xf000L) | 0x4000L,
                (random.nextLong() & (Long.MAX_VALUE >>> 1)) | Long.MIN_VALUE);
        String type = number % 100 == 37 ? RARE_TYPE : TYPES[(int) (number & 3)];
        return new Sample(id, type, DATA[text], METADATA[text], tags);
    }

    private static byte[] json(String begin, SplittableRandom random, int bytes) {
        StringBuilder text = new StringBuilder(begin);
        while (text.length() < bytes - 2) {
            text.append(Character.forDigit(random.nextInt(36), 36));
        }
        return text.append("\"}").toString().getBytes(StandardCharsets.US_ASCII);
    }
}
