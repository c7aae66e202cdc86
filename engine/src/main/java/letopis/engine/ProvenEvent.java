package letopis.engine;

import letopis.engine.record.EventRecord;
import letopis.engine.record.MalformedRecordException;
import letopis.proof.InclusionProof;
import letopis.proof.InvalidProofException;
import letopis.store.RecordedEvent;

/** Reads the event that a proof is about. */
public final class ProvenEvent {
    private ProvenEvent() {}

    /**
     * The event in a proof that was checked.
     *
     * @throws InvalidProofException if the proof has none, because it was erased, or what it has is not the event of its
     *                               position
     */
    public static RecordedEvent of(InclusionProof proof) {
        byte[] payload = proof.event()
                .orElseThrow(() -> new InvalidProofException("the event was erased before the proof was made"))
                .toArray();
        try {
            RecordedEvent event = EventRecord.decode(payload, 0, payload.length);
            if (event.position() == proof.position()) {
                return event;
            }
            throw new InvalidProofException("the event at position " + proof.position() + " says that it is at "
                    + event.position());
        } catch (MalformedRecordException e) {
            throw new InvalidProofException("what is proved is no event: " + e.getMessage());
        }
    }
}
