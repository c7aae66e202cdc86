package letopis.servers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package of Debian's unstable suite with all that it needs, unpacked and run through its own loader; nothing is
 * installed. It is taken from the mirror that apt uses already.
 */
final class DebianPackage {
    private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");

    private DebianPackage() {}

    /**
     * The newest that was unpacked before, whatever the mirror has by now: a run with a network and one without use the same. Delete
     * its folder, whose name has the version, to get another.
     */
    static Path unpacked(String name) {
        String prefix = "debian-sid-" + name + "_";
        return Programs.newest(prefix)
                .orElseGet(() -> Programs.once(prefix, folder -> fetch(name, folder)))
                .resolve("root");
    }

    static List<String> command(Path root, String program) {
        return List.of(root.resolve("usr/lib64/ld-linux-x86-64.so.2").toString(), "--library-path",
                root.resolve("usr/lib/x86_64-linux-gnu").toString(), root.resolve(program).toString());
    }

    /** Returns the version. */
    private static String fetch(String name, Path folder) throws IOException {
        Path work = folder.resolve("work");
        Files.createDirectories(work.resolve("state/lists/partial"));
        Files.createDirectories(work.resolve("cache/archives/partial"));
        Path root = Files.createDirectories(folder.resolve("root"));
        Files.createFile(work.resolve("status"));
        Files.writeString(work.resolve("sid.list"), "deb [signed-by=" + KEYRING + "] " + mirror() + " sid main\n");
        List<String> apt = List.of("apt-get", "-q", "-o", "Dir::Etc::SourceList=" + work.resolve("sid.list"), "-o",
                "Dir::Etc::SourceParts=-", "-o", "Dir::State=" + work.resolve("state"), "-o",
                "Dir::State::status=" + work.resolve("status"), "-o", "Dir::Cache=" + work.resolve("cache"), "-o",
                "APT::Install-Recommends=false", "-o", "APT::Sandbox::User=root");
        run(apt, "update");
        run(apt, "-y", "--download-only", "install", name);
        String version = "";
        try (Stream<Path> files = Files.list(work.resolve("cache/archives"))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".deb")).toList()) {
                Programs.run(List.of("dpkg-deb", "-x", file.toString(), root.toString()));
                String[] parts = file.getFileName().toString().split("_", 3); // name_version_architecture.deb
                version = parts[0].equals(name) ? parts[1] : version;
            }
        }
        if (version.isEmpty()) {
            throw new IOException("apt fetched no package " + name);
        }
        Programs.delete(work);
        return version;
    }

    private static String mirror() throws IOException {
        String sites = Programs.run(List.of("apt-get", "indextargets", "--format", "$(REPO_URI)"));
        return sites.lines()
                .filter(site -> site.replaceAll("/+$", "").endsWith("/debian"))
                .findFirst()
                .orElseThrow(() -> new IOException("apt knows no mirror of Debian: " + sites));
    }

    private static void run(List<String> apt, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(apt);
        command.addAll(List.of(arguments));
        Programs.run(command);
    }
}
