package letopis.cli.opening;

import java.nio.file.Path;

import letopis.cli.failure.Failure;
import letopis.cli.opening.StoreAddress.Database;
import letopis.cli.opening.StoreAddress.Directory;
import letopis.cli.opening.StoreAddress.Product;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class StoreAddressTest {
    private static Database database(String text) {
        return (Database) StoreAddress.parse(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://me:p%40ss@host:5432/db?schema=history&ssl=true",
            "jdbc:postgresql://me:p%40ss@host:5432/db?schema=history&ssl=true",
            "postgres://host:5432/db?user=me&password=p%40ss&schema=history&ssl=true",
            "jdbc:postgresql://host:5432/db?schema=history&password=p%40ss&ssl=true&user=me"})
    void partsAreTakenFromAnyForm(String text) {
        Database address = database(text);

        assertThat(address.product()).isEqualTo(Product.POSTGRESQL);
        assertThat(address.jdbc()).isEqualTo("jdbc:postgresql://host:5432/db?ssl=true");
        assertThat(address.user()).contains("me");
        assertThat(address.password()).contains("p@ss");
        assertThat(address.schema()).isEqualTo("history");
        assertThat(address.toString()).isEqualTo("postgresql://me@host:5432/db?schema=history&ssl=true");
        assertThat(database(address.toString()).jdbc()).isEqualTo(address.jdbc());
    }

    @Test
    void prefixOfTablesIsASchema() {
        assertThat(database("mysql://host/db?prefix=history_").schema()).isEqualTo("history");
        assertThat(database("mariadb://host/db").schema()).isEqualTo("letopis");
    }

    @Test
    void secretsOfDriversAreNotShown() {
        assertThat(database("mysql://host/db?trustCertificateKeyStorePassword=hidden").toString())
                .isEqualTo("mysql://host/db?trustCertificateKeyStorePassword=…");
    }

    @Test
    void allElseIsADirectory() {
        assertThat(StoreAddress.parse("./a b")).isEqualTo(new Directory(Path.of("./a b")));
        assertThat(StoreAddress.parse("file:/a/b")).isEqualTo(new Directory(Path.of("/a/b")));
        assertThat(StoreAddress.parse("file:///a/b")).isEqualTo(new Directory(Path.of("/a/b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://me:hidden@host", "postgresql://me:hid den@host/db",
            "oracle://me:hidden@host/db",
            "postgresql://me:hidden%zz@host/db", "postgresql://me:hidden@host/db?schema=No-Name", "jdbc:h2:mem:hidden"})
    void whatCannotBeReadIsRefusedWithoutThePassword(String text) {
        assertThatThrownBy(() -> StoreAddress.parse(text)).isInstanceOf(Failure.class)
                .message()
                .doesNotContain("hid");
    }
}
