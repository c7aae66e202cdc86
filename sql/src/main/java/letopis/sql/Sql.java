package letopis.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import letopis.sql.dialect.Dialect;

/** A statement as it is put together: its text, and its parameters in their order. */
final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    static Sql of(String text, Object... parameters) {
        return new Sql().add(text, parameters);
    }

    Sql add(String more, Object... values) {
        text.append(more);
        Collections.addAll(parameters, values);
        return this;
    }

    Sql add(Sql other) {
        text.append(other.text);
        parameters.addAll(other.parameters);
        return this;
    }

    /** {@code in (?, ?, …)}; the number of parameters is a power of two, so that there are few different statements. */
    Sql in(Collection<String> values) {
        int wanted = Integer.highestOneBit(Math.max(1, values.size() * 2 - 1));
        text.append(" in (?").append(", ?".repeat(wanted - 1)).append(")");
        parameters.addAll(values);
        parameters.addAll(Collections.nCopies(wanted - values.size(), values.iterator().next()));
        return this;
    }

    PreparedStatement prepare(Connection connection, Dialect dialect) throws SQLException {
        PreparedStatement statement = dialect.reading(connection, text.toString());
        try {
            for (int i = 0; i < parameters.size(); i++) {
                switch (parameters.get(i)) {
                    case Long number -> statement.setLong(i + 1, number);
                    case Integer number -> statement.setInt(i + 1, number);
                    case String name -> statement.setString(i + 1, name);
                    case Object other -> throw new AssertionError("no parameter: " + other);
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return text + " " + parameters;
    }
}
