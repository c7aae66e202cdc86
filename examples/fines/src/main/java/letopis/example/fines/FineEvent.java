package letopis.example.fines;

import java.math.BigDecimal;

/** What happened to a fine; of the data of each event only what is counted here. */
public sealed interface FineEvent {
    /** A fine was imposed. */
    record CreateFine(BigDecimal amount) implements FineEvent {}

    /** It was sent, at this cost. */
    record SendFine(BigDecimal expense) implements FineEvent {}

    /** The offender was notified. */
    record InsertFineNotification() implements FineEvent {}

    /** The fine was raised to this amount. */
    record AddPenalty(BigDecimal amount) implements FineEvent {}

    /** So much was paid. */
    record Payment(BigDecimal paymentAmount) implements FineEvent {}

    /** Others were told to collect it. */
    record SendForCreditCollection() implements FineEvent {}

    /** The offender appealed to the prefecture. */
    record InsertDateAppealToPrefecture() implements FineEvent {}

    /** The appeal was sent to the prefecture. */
    record SendAppealToPrefecture() implements FineEvent {}

    /** The prefecture decided. */
    record ReceiveResultAppealFromPrefecture() implements FineEvent {}

    /** The offender was told what the prefecture decided. */
    record NotifyResultAppealToOffender() implements FineEvent {}

    /** The offender appealed to a judge. */
    record AppealToJudge() implements FineEvent {}
}
