package letopis.servers;

/** A server could not be had; the message says what was tried. */
public final class ServerUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServerUnavailableException(String message) {
        super(message);
    }

    ServerUnavailableException(String message, Throwable cause) {
        super(message + ": " + cause, cause);
    }
}
