package letopis.engine.index;

/** A cursor that knows how far it has to go. */
interface CountedCursor extends PositionCursor {
    /** How many positions are left. */
    long left();
}
