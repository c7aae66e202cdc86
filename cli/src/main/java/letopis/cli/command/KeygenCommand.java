package letopis.cli.command;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.proof.SigningKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes a key to seal a store with. */
@Command(name = "keygen", description = "Make a key to seal a store with: NAME.private.pem and NAME.public.pem.", footer = """

        The private key seals (letopis seal), the public one checks (letopis verify). Whoever has the private key can make
        another history look right: keep it where those who can write the store's files cannot read it. The same with OpenSSL:
          openssl genpkey -algorithm ed25519 -out audit.private.pem
          openssl pkey -in audit.private.pem -pubout -out audit.public.pem

        Example:
          letopis keygen audit""")
final class KeygenCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "NAME", description = "What the files' names begin with; a directory before it if wanted.")
    private String name = "";

    @Mixin
    ColorOption color = new ColorOption();

    @Mixin
    HelpOption help = new HelpOption();

    KeygenCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        SigningKey key = SigningKey.generate();
        Path privateFile = Path.of(name + ".private.pem");
        Path publicFile = Path.of(name + ".public.pem");
        if (Files.exists(publicFile)) {
            throw new FileAlreadyExistsException(publicFile.toString());
        }
        writeSecret(privateFile, key.pem());
        TextFile.write(publicFile, key.verifyingKey().pem());
        session.terminal().out().println(privateFile + "  keep it secret: it seals");
        session.terminal().out().println(publicFile + "  give it away: it checks");
        session.terminal().out().println("key " + key.verifyingKey().id());
        session.terminal().out().flush();
        return ExitCode.DONE;
    }

    /** For the eyes of the owner from the first byte on, where the file system knows owners. */
    private static void writeSecret(Path file, String text) throws IOException {
        FileAttribute<?>[] attributes = FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[]{
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))}
                : new FileAttribute<?>[0];
        try (var out = Channels.newOutputStream(Files.newByteChannel(file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
