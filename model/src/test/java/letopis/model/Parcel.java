package letopis.model;

import java.time.Instant;
import java.util.List;

record Parcel(String sentTo, boolean delivered, int grams) {
    static final Parcel NONE = new Parcel("", false, 0);

    Parcel evolve(ParcelEvent event) {
        return switch (event) {
            case ParcelEvent.Sent e -> new Parcel(e.to(), false, grams);
            case ParcelEvent.Delivered _ -> new Parcel(sentTo, true, grams);
            case ParcelEvent.Weighed e -> new Parcel(sentTo, delivered, e.grams());
        };
    }

    List<ParcelEvent> send(String to, Instant at) {
        return sentTo.isEmpty() ? List.of(new ParcelEvent.Sent(to, at)) : List.of();
    }
}
