package letopis.testkit;

import java.util.List;

import letopis.model.Decider;
import letopis.testkit.DeciderSpecTest.DoorEvent.DoorClosed;
import letopis.testkit.DeciderSpecTest.DoorEvent.DoorOpened;
import letopis.testkit.DeciderSpecTest.DoorEvent.Lossy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** That a specification holds, and above all that it fails where it should, and says why. */
class DeciderSpecTest {
    sealed interface DoorEvent {
        record DoorOpened(String by, int width) implements DoorEvent {}

        record DoorClosed(String by) implements DoorEvent {}

        /** Comes back from the store as another than it was. */
        record Lossy(Object anything) implements DoorEvent {}
    }

    record Door(boolean open, String lastBy) {
        static final Door NONE = new Door(false, "");

        Door evolve(DoorEvent event) {
            return switch (event) {
                case DoorOpened it -> new Door(true, it.by());
                case DoorClosed it -> new Door(false, it.by());
                case Lossy _ -> this;
            };
        }

        List<DoorEvent> open(String by) {
            if (by.equals("ghost")) {
                throw new IllegalArgumentException("ghosts need no door");
            }
            return open ? List.of() : List.of(new DoorOpened(by, 90));
        }
    }

    private final DeciderSpec<Door, DoorEvent> doors = DeciderSpec.of(DoorEvent.class, Door.NONE, Door::evolve);

    @Test
    void whatHoldsPasses() {
        doors.given()
                .when(door -> door.open("anna"))
                .then(new DoorOpened("anna", 90))
                .thenState(new Door(true, "anna"));
        doors.given(new DoorOpened("anna", 90)).when(door -> door.open("ben")).thenNothing();
        doors.given(new DoorOpened("anna", 90), new DoorClosed("ben")).thenState(new Door(false, "ben"));
        doors.given().when(door -> door.open("ghost")).thenRefused(IllegalArgumentException.class, "no door");
        doors.given().when(door -> door.open("ghost")).thenRefused(RuntimeException.class);
    }

    @Test
    void aDeciderIsSpecifiedByItsCommands() {
        Decider<String, Door, DoorEvent> decider = Decider.of(Door.NONE, (by, door) -> door.open(by), Door::evolve);

        DeciderSpec.of(DoorEvent.class, decider).given().when(decider.on("anna")).then(new DoorOpened("anna", 90));
    }

    @Test
    void otherEventsFailAndAreShownSideBySideAndFieldByField() {
        assertThatThrownBy(() -> doors.given(new DoorClosed("zoe"))
                .when(door -> door.open("anna"))
                .then(new DoorOpened("anna", 80))).isInstanceOf(AssertionError.class).hasMessage("""
                        other events were decided than expected
                          given:
                            DoorClosed[by=zoe]
                          state:
                            Door[open=false, lastBy=zoe]
                          expected:
                          ! DoorOpened[by=anna, width=80]
                          decided:
                          ! DoorOpened[by=anna, width=90]
                          different:
                            width is 90, expected 80""");
    }

    @Test
    void missingAndUnexpectedEventsFail() {
        assertThatThrownBy(() -> doors.given().when(door -> door.open("anna")).thenNothing())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("expected:\n    nothing")
                .hasMessageContaining("! DoorOpened[by=anna, width=90]");
        assertThatThrownBy(() -> doors.given(new DoorOpened("anna", 90))
                .when(door -> door.open("anna"))
                .then(new DoorOpened("anna", 90))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("decided:\n    nothing");
    }

    @Test
    void aRefusalThatWasNotExpectedFails() {
        assertThatThrownBy(() -> doors.given().when(door -> door.open("ghost")).then(new DoorOpened("ghost", 90)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it was refused")
                .hasMessageContaining("ghosts need no door")
                .hasCauseInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> doors.given().when(door -> door.open("ghost")).thenNothing())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aRefusalThatDidNotComeOrWasAnotherFails() {
        assertThatThrownBy(() -> doors.given().when(door -> door.open("anna")).thenRefused(IllegalStateException.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("it was accepted")
                .hasMessageContaining("DoorOpened");
        assertThatThrownBy(
                () -> doors.given().when(door -> door.open("ghost")).thenRefused(IllegalStateException.class))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("another refusal");
        assertThatThrownBy(() -> doors.given()
                .when(door -> door.open("ghost"))
                .thenRefused(IllegalArgumentException.class, "locked")).isInstanceOf(AssertionError.class)
                .hasMessageContaining("… locked …")
                .hasMessageContaining("ghosts need no door");
    }

    @Test
    void anotherStateFailsFieldByField() {
        assertThatThrownBy(() -> doors.given(new DoorOpened("anna", 90)).thenState(new Door(true, "ben")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("lastBy is anna, expected ben");
    }

    @Test
    void anEventThatDoesNotComeBackAsItWasFails() {
        Lossy lossy = new Lossy(new DoorClosed("anna"));

        assertThatThrownBy(() -> doors.given(lossy).thenState(Door.NONE)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not come back")
                .hasMessageContaining("{\"anything\":{\"by\":\"anna\"}}");
        assertThatThrownBy(() -> doors.given().when(_ -> List.of(lossy)).then(lossy)).isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not come back");
    }
}
