package letopis.servers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between clients and a server on this machine, and cuts their connections when it is told to: at once, or when so
 * many more bytes went to the server, or came from it, so that a connection breaks in the middle of a question or of its answer.
 */
public final class CuttableProxy implements AutoCloseable {
    private static final long NEVER = Long.MAX_VALUE;

    private final ServerSocket socket;
    private final int port;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicLong toServer = new AtomicLong(NEVER);
    private final AtomicLong fromServer = new AtomicLong(NEVER);
    private volatile boolean refusing;
    private volatile boolean mute;

    /** @param port the server's, on the loopback */
    public CuttableProxy(int port) {
        this.port = port;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a proxy", e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** Where clients are to connect to. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Cuts all connections now. */
    public void cut() {
        for (Socket one : open) {
            close(one);
        }
    }

    /** Cuts the connection over which the byte after so many goes to the server; that byte does not arrive. */
    public void cutAfterBytesToServer(long bytes) {
        toServer.set(bytes);
    }

    /** Cuts the connection over which the byte after so many comes from the server; the server sent it, and no client gets it. */
    public void cutAfterBytesFromServer(long bytes) {
        fromServer.set(bytes);
    }

    /** Whether to refuse new connections, as a server does that is not there. */
    public void refuse(boolean yes) {
        refusing = yes;
    }

    /** Whether what the server says gets lost, while what it is told arrives: a network that broke without a word. */
    public void mute(boolean yes) {
        mute = yes;
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                if (refusing) {
                    close(client);
                    continue;
                }
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port);
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                open.add(client);
                open.add(server);
                Thread.ofVirtual().start(() -> pump(client, server, toServer, false));
                Thread.ofVirtual().start(() -> pump(server, client, fromServer, true));
            } catch (IOException _) {
                // closed, or the server is not there; the client sees its connection end
            }
        }
    }

    private void pump(Socket from, Socket to, AtomicLong left, boolean isAnswer) {
        byte[] buffer = new byte[16 << 10];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (mute && isAnswer) {
                    continue;
                }
                int count = read;
                long before = left.getAndUpdate(it -> it == NEVER ? NEVER : it - count < 0 ? NEVER : it - count);
                if (before < read) {
                    out.write(buffer, 0, (int) before);
                    break;
                }
                out.write(buffer, 0, read);
            }
        } catch (IOException _) {
            // one side ended
        } finally {
            close(from);
            close(to);
        }
    }

    private void close(Socket one) {
        open.remove(one);
        try {
            one.close();
        } catch (IOException _) {
            // closed is closed
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // closed is closed
        }
        cut();
    }
}
