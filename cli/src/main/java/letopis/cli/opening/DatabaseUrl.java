package letopis.cli.opening;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.StoreAddress.Database;
import letopis.cli.opening.StoreAddress.Product;
import letopis.sql.SqlOptions;
import org.jspecify.annotations.Nullable;

/**
 * Reads URLs of databases. User, password and schema are taken out, also where a driver would find them among its own parameters;
 * all other parameters are the driver's.
 */
final class DatabaseUrl {
    private static final String FORM = "postgresql://user@host:5432/database?schema=letopis, or mysql:// or mariadb://"
            + "…?prefix=letopis_; other characters than letters and digits in a user or password are written as %40 and so on";
    private static final Pattern SCHEME = Pattern.compile("(?:jdbc:)?[A-Za-z][A-Za-z0-9+.-]+:(//.*)?");

    private DatabaseUrl() {}

    /** Whether this is meant as a URL rather than as the name of a directory. */
    static boolean isUrl(String text) {
        return text.startsWith("jdbc:") || (text.contains("://") && SCHEME.matcher(text).matches());
    }

    static Database parse(String text) {
        String url = text.startsWith("jdbc:") ? text.substring("jdbc:".length()) : text;
        Product product = product(url);
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            // its message would repeat the password
            throw unreadable(product.scheme() + "://…");
        }
        String path = uri.getRawPath();
        String address = uri.getRawAuthority();
        if (path == null || path.length() < 2 || address == null) {
            throw unreadable(product.scheme() + "://…");
        }
        String host = address.substring(address.lastIndexOf('@') + 1);
        String login = address.contains("@") ? address.substring(0, address.lastIndexOf('@')) : "";
        String user = login.isEmpty() ? null : decoded(login.split(":", 2)[0]);
        String password = login.contains(":") ? decoded(login.split(":", 2)[1]) : null;
        String schema = SqlOptions.DEFAULT.schema();
        List<String> drivers = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        String query = uri.getRawQuery();
        for (String parameter : query == null || query.isEmpty() ? new String[0] : query.split("&", -1)) {
            String value = decoded(parameter.contains("=") ? parameter.split("=", 2)[1] : "");
            switch (parameter.split("=", 2)[0]) {
                case "user" -> user = value;
                case "password" -> password = value;
                case "schema" -> {
                    schema = value;
                    shown.add(parameter);
                }
                case "prefix" -> {
                    schema = value.endsWith("_") ? value.substring(0, value.length() - 1) : value;
                    shown.add(parameter);
                }
                default -> {
                    drivers.add(parameter);
                    shown.add(isSecret(parameter) ? parameter.split("=", 2)[0] + "=…" : parameter);
                }
            }
        }
        String place = product.scheme() + "://" + host + path;
        return new Database(product, "jdbc:" + place + joined(drivers), Optional.ofNullable(user),
                Optional.ofNullable(password), checked(schema), product.scheme() + "://" + shownUser(user) + host
                        + path + joined(shown));
    }

    private static String checked(String schema) {
        try {
            return SqlOptions.DEFAULT.withSchema(schema).schema();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), "", e);
        }
    }

    private static Product product(String url) {
        String scheme = url.split(":", 2)[0];
        if (scheme.equals("postgres")) {
            return Product.POSTGRESQL;
        }
        for (Product product : Product.values()) {
            if (product.scheme().equals(scheme)) {
                return product;
            }
        }
        throw new Failure(ExitCode.USAGE, "there is no store for " + scheme + ":// addresses",
                "name a directory, or a database: " + FORM);
    }

    private static Failure unreadable(String shown) {
        return new Failure(ExitCode.USAGE, "the address " + shown + " cannot be read", "it looks so: " + FORM);
    }

    /** Parameters of the drivers that are secrets, too: those of key stores for example. */
    private static boolean isSecret(String parameter) {
        String name = parameter.split("=", 2)[0].toLowerCase(Locale.ROOT);
        return name.contains("password") || name.contains("secret");
    }

    private static String shownUser(@Nullable String user) {
        return user == null ? "" : URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20") + "@";
    }

    private static String joined(List<String> parameters) {
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private static String decoded(String text) {
        try {
            // a plus is a plus here, and no space
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw unreadable("that has a % without two digits after it");
        }
    }
}
