package letopis.conformance;

import java.util.EnumSet;
import java.util.Set;

import letopis.store.Append;
import letopis.store.Appended;
import letopis.store.Capability;
import letopis.store.Condition;
import letopis.store.EventStore;
import letopis.store.Forget;
import letopis.store.NotSupportedException;

/** A store that can do less, and says so. */
class Lacking extends ForwardingStore {
    private final Set<Capability> lacks;

    Lacking(EventStore store, Set<Capability> lacks) {
        super(store);
        this.lacks = lacks;
    }

    @Override
    public Appended append(Append append) {
        need(Capability.APPEND);
        if (append.conditions().stream().anyMatch(Condition.NoEventsMatch.class::isInstance)) {
            need(Capability.QUERY_CONDITIONS);
        }
        if (append.entries().stream().map(Append.Entry::stream).distinct().count() > 1) {
            need(Capability.SEVERAL_STREAMS);
        }
        if (append.recordedTime().isPresent()) {
            need(Capability.GIVEN_TIME);
        }
        return store.append(append);
    }

    @Override
    public void forget(Forget forget) {
        need(Capability.APPEND);
        need(forget instanceof Forget.Retain ? Capability.RETENTION : Capability.FORGET);
        store.forget(forget);
    }

    @Override
    public Set<Capability> capabilities() {
        Set<Capability> can = EnumSet.copyOf(store.capabilities());
        can.removeAll(lacks);
        return can;
    }

    void need(Capability capability) {
        if (lacks.contains(capability)) {
            refuse(capability);
        }
    }

    void refuse(Capability capability) {
        throw new NotSupportedException("the lesser store", capability);
    }
}
