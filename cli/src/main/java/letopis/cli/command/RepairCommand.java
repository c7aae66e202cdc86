package letopis.cli.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import letopis.cli.failure.ExitCode;
import letopis.cli.terminal.Figures;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import letopis.engine.GivenUpEvent;
import letopis.engine.RepairReport;
import letopis.engine.StoreRepair;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Repairs a damaged store, and lists what it gives up. */
@Command(name = "repair", description = "Cut a damaged store where something is lost; lists what is given up.", footer = """

        Without --yes it only says what it would do, and ends with 5 if there is something to do. Restore
        a backup instead if there is one. No bytes are destroyed: what is given up stays in the directory,
        in files whose names end with .given-up

        Example:
          letopis repair
          letopis repair --yes""")
final class RepairCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--yes", description = "Do it.", order = 10)
    private boolean yes;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RepairCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        Path directory = data.directory("repair",
                "see what is wrong with: letopis verify; then restore a backup of the database, such as %s makes");
        long[] listed = new long[1];
        RepairReport plan = StoreRepair.plan(directory, event -> {
            listed[0]++;
            list(terminal, event);
        });
        RepairReport report = yes && !plan.isEmpty() ? StoreRepair.repair(directory) : plan;
        if (output.json(terminal)) {
            json(terminal, report);
        } else {
            say(terminal, report, listed[0]);
        }
        terminal.out().flush();
        return report.isEmpty() || yes ? ExitCode.DONE : ExitCode.DAMAGE;
    }

    private void list(Terminal terminal, GivenUpEvent event) {
        if (output.json(terminal)) {
            new JsonLine().member("givenUp", event.position())
                    .member("stream", event.stream())
                    .member("revision", event.revision())
                    .member("type", event.type())
                    .member("id", event.id().toString())
                    .to(terminal.out());
        } else {
            terminal.out()
                    .println("given up  position " + event.position() + "  " + Visible.of(event.stream()) + " "
                            + event.revision() + "  " + Visible.of(event.type()) + "  " + event.id());
        }
    }

    private void json(Terminal terminal, RepairReport report) {
        JsonLine line = new JsonLine().member("done", yes)
                .member("head", report.head())
                .member("lastKnown", report.lastKnown())
                .member("rewritten", String.join(" ", report.rewritten()))
                .member("setAside", String.join(" ", report.setAside()));
        report.damage().ifPresent(it -> line.member("damage", it.toString()));
        line.to(terminal.out());
    }

    private void say(Terminal terminal, RepairReport report, long listed) {
        if (report.isEmpty()) {
            terminal.out().println(terminal.outStyle().good("sound") + "  there is nothing to repair in the log");
            return;
        }
        String will = yes ? "" : "to be ";
        report.rewritten()
                .forEach(it -> terminal.out().println(will + "made anew  " + it + " (nothing is lost by it)"));
        report.setAside().forEach(it -> terminal.out().println(will + "kept as     " + it + ".given-up"));
        report.damage().ifPresent(it -> {
            terminal.out().println(terminal.outStyle().bad("damaged") + "  " + Visible.of(it.toString()));
            long all = report.lastKnown() - report.head();
            terminal.out()
                    .println(
                            "the log " + (yes ? "ends" : "would end") + " at position " + report.head() + "; given up: "
                                    + Figures.count(all, "event") + ", of which " + listed + " can still be read and "
                                    + (yes ? "were" : "are") + " listed above");
        });
        if (!yes) {
            terminal.say("do it with: letopis repair --yes" + data.argument());
        }
    }
}
