package letopis.servers;

import java.nio.file.Path;

/** A server that runs already, at an address from the environment; it cannot be killed from here. */
record GivenServer(String jdbcUrl) implements DatabaseServer {
    @Override
    public String jdbcUrl(String database) {
        int query = jdbcUrl.indexOf('?');
        String address = query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
        String options = query < 0 ? "" : jdbcUrl.substring(query);
        return address.substring(0, address.lastIndexOf('/') + 1) + database + options;
    }

    @Override
    public long pid() {
        throw notOurs();
    }

    @Override
    public Path log() {
        throw notOurs();
    }

    @Override
    public void kill() {
        throw notOurs();
    }

    @Override
    public void start() {
        throw notOurs();
    }

    @Override
    public void restart() {
        throw notOurs();
    }

    @Override
    public void close() {}

    private static UnsupportedOperationException notOurs() {
        return new UnsupportedOperationException("this server was given by an address in the environment: "
                + "its process is not in the hand of the tests");
    }
}
