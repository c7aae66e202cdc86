package letopis.model;

import java.time.Instant;

sealed interface ParcelEvent {
    record Sent(String to, Instant at) implements ParcelEvent {}

    record Delivered(Instant at) implements ParcelEvent {}

    record Weighed(int grams) implements ParcelEvent {}
}
