/**
 * Puts appends into their one order. Start with {@link letopis.engine.sequencer.Sequencer}.
 *
 * <h2>The way of an append</h2>
 * On the caller's thread the append is checked against the limits, its names and events are encoded ({@link PreparedAppend}),
 * and it is put into the queue ({@link WaitingRequests}), which is limited and makes callers wait. The writer's thread takes all
 * that is waiting, and for each append in turn ({@link BlockWriter})
 * <ol>
 * <li>decides on it ({@link Admission}), against the index, which already has the appends before it in the same block;
 * <li>makes sure of the room for it in the block, and begins another block if there is none;
 * <li>gives it positions, revisions and its time, and adds its records to the block and its events to the index.
 * </ol>
 * Then the block is written and forced, the new head is published to readers, and only then is anybody answered. A block is
 * written by the same thread, since to wake another costs more than it saves; but where more is waiting than fits in it, by the
 * thread of the disk ({@link BesideThread}), while this one makes the next block. One block is written and one is made, never
 * more. While
 * the disk is busy those who come gather in the next block. There is no timer: one writer alone gets the disk's rate of forces, and a
 * thousand writers share them. This is group commit as it has been since D. DeWitt et al., "Implementation techniques for main
 * memory database systems" (SIGMOD 1984); why no timer is needed once the log is the bottleneck is in P. Helland et al., "Group
 * commit timers and high volume transaction systems" (HPTS 1987).
 *
 * <p>What takes no position, and what is no writing at all, is done between two blocks ({@link LoneRequests}).
 *
 * <p>A caller that has been alone for a while does all of it in its own thread ({@link Sequencer}): it takes the turn, which the
 * writer's thread otherwise has, and nobody has to be woken.
 *
 * <h2>Why the index may run ahead of the disk</h2>
 * Events are in the index before they are durable, with positions above the published head. Nobody sees them there: every
 * question of a reader names the head it is asked at ({@link letopis.engine.index.Index}). And nobody needs to take them out again: what can fail
 * without harm, the room on the disk, is made sure of before the index is touched, and a write or a force that fails is final
 * for this opening. After a failed force the kernel may hold pages for clean that never reached the disk, and a second force
 * would lie (A. Rebello et al., "Can applications recover from fsync failures?", USENIX ATC 2020). So nothing is ever
 * rolled back here.
 *
 * <p>An append that is refused because of an append in the same block, or that is a retry of one, is answered only when the
 * block is durable: otherwise it would tell of something that a crash may still undo. Of those that lost a revision of a stream
 * to another, one is told for each block, and the rest are decided on anew when their turn comes ({@link Contended}): a crowd
 * that is told at once comes back at once, and all but one lose again.
 *
 * <h2>What fails</h2>
 * No room: the append is refused, nothing changed, and later ones try again. A write or force that fails, or any {@link Error},
 * wherever it comes from: the store is poisoned. Appends of the block get an {@link letopis.store.OutcomeUnknownException} (they may be on
 * disk, and a retry after the next opening settles it), all others a {@link letopis.store.StoreFailedException}, those in the block
 * that was being made included. Reads go on at the
 * published head.
 *
 * <h2>Threads</h2>
 * One thread writes at a time: whoever has the turn. Callers that wait are unparked by the thread that wrote their block, because
 * that is cheap; futures are completed by the {@link AnsweringThread}, because what hangs on them is the user's code. Exceptions are made by whoever gets them. An interrupt of a caller ends its
 * wait and nothing else; who writes itself waits for the disk all the same. Conditions over queries are the dynamic consistency boundaries of
 * <a href="https://dcb.events/specification/">dcb.events</a>; evaluating them here, in the one order, is all the concurrency
 * control there is.
 */
@NullMarked
package letopis.engine.sequencer;

import org.jspecify.annotations.NullMarked;
