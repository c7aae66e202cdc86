package letopis.example.fines;

import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

import letopis.example.fines.FineEvent.CreateFine;
import letopis.example.fines.FineEvent.Payment;
import letopis.example.fines.FineEvent.SendFine;
import letopis.model.Recorded;
import letopis.model.projection.FoldedProjection;
import letopis.model.projection.Projection;
import letopis.store.Query;

/**
 * A read model: how many events of each type there are, and what the money comes to.
 *
 * @param events  how many there are in all
 * @param byType  how many of each type
 * @param imposed what the fines were imposed at
 * @param expense what it cost to send them
 * @param paid    what was paid
 */
public record FineFacts(long events, SortedMap<String, Long> byType, BigDecimal imposed, BigDecimal expense,
        BigDecimal paid) {
    /** Nothing yet. */
    public static final FineFacts NONE = new FineFacts(0, new TreeMap<>(), BigDecimal.ZERO, BigDecimal.ZERO,
            BigDecimal.ZERO);

    /** How they are found. */
    public static final FoldedProjection<FineFacts, FineEvent> PROJECTION = Projection
            .of("fine-facts", 1, Query.category("fine"), FineEvent.class)
            .folding(NONE, FineFacts::evolve);

    FineFacts evolve(Recorded<FineEvent> recorded) {
        SortedMap<String, Long> counts = new TreeMap<>(byType);
        counts.merge(recorded.raw().type(), 1L, Long::sum);
        BigDecimal imposedNow = recorded.event() instanceof CreateFine it ? imposed.add(it.amount()) : imposed;
        BigDecimal expenseNow = recorded.event() instanceof SendFine it ? expense.add(it.expense()) : expense;
        BigDecimal paidNow = recorded.event() instanceof Payment it ? paid.add(it.paymentAmount()) : paid;
        return new FineFacts(events + 1, counts, imposedNow, expenseNow, paidNow);
    }
}
