package letopis.sql;

import java.time.Duration;
import java.util.Optional;

/**
 * How a store on a database is doing. Healthy is who has no {@link #complaint()}.
 *
 * @param head           the newest position in the database
 * @param knownHead      the newest position that this process knows of, and serves its subscribers up to
 * @param sinceLastLook  how long ago this process last looked for the others' events with success
 * @param waitingAppends how many appends of this process are not answered yet
 * @param turnHolder     who holds the turn to write now, in words: a transaction that was left open keeps everybody from
 *                       writing, and nobody from reading
 * @param complaint      what is wrong, in words, and what to do about it
 */
public record StoreHealth(long head, long knownHead, Duration sinceLastLook, int waitingAppends,
        Optional<String> turnHolder, Optional<String> complaint) {}
