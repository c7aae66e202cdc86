package letopis.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import letopis.memory.MemoryEventStore;
import letopis.store.Point;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class AggregateObjectsTest {
    sealed interface CartEvent {
        record ArticleAdded(String article) implements CartEvent {}

        record CheckedOut() implements CartEvent {}
    }

    static final class Cart extends EventSourced<CartEvent> {
        private final List<String> articles = new ArrayList<>();
        private boolean checkedOut;

        void add(String article) {
            if (checkedOut) {
                throw new IllegalStateException("the cart is checked out");
            }
            raise(new CartEvent.ArticleAdded(article));
        }

        void checkOut() {
            if (!checkedOut) {
                raise(new CartEvent.CheckedOut());
            }
        }

        @Override
        protected void on(CartEvent event) {
            switch (event) {
                case CartEvent.ArticleAdded it -> articles.add(it.article());
                case CartEvent.CheckedOut _ -> checkedOut = true;
            }
        }
    }

    private final MemoryEventStore store = MemoryEventStore.open();
    private final AggregateObjects<Cart, CartEvent> carts = AggregateObjects.over(store, "cart",
            EventTypes.of(CartEvent.class), Cart::new);

    @Test
    void aMethodDecidesOnTheStateAndSeesWhatItRaisedItself() {
        Handled<Cart, CartEvent> handled = carts.handle("1", cart -> {
            cart.add("book");
            cart.add("book");
            cart.checkOut();
            cart.checkOut();
        });

        assertThat(handled.events()).hasSize(3);
        assertThat(handled.state().articles).containsExactly("book", "book");
        assertThat(carts.load("1").state().articles).containsExactly("book", "book");
        assertThat(carts.load("1", Point.revision(0)).state().articles).containsExactly("book");
        assertThatThrownBy(() -> carts.handle("1", cart -> cart.add("pen"))).hasMessage("the cart is checked out");
        assertThat(carts.handle("1", Cart::checkOut).events()).isEmpty();
        assertThat(store.head()).isEqualTo(3);
    }

    @Test
    void aMethodThatMetAnotherIsCalledAgainOnANewObject() {
        AtomicInteger calls = new AtomicInteger();

        Handled<Cart, CartEvent> handled = carts.handle("1", cart -> {
            if (calls.incrementAndGet() == 1) {
                carts.handle("1", other -> other.add("pen"));
            }
            cart.add("book");
        });

        assertThat(calls).hasValue(2);
        assertThat(handled.state().articles).containsExactly("pen", "book");
    }
}
