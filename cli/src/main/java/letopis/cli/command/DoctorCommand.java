package letopis.cli.command;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

import letopis.cli.doctor.DatabaseExamination;
import letopis.cli.doctor.Examination;
import letopis.cli.doctor.Finding;
import letopis.cli.failure.ExitCode;
import letopis.cli.opening.StoreAddress;
import letopis.cli.terminal.JsonLine;
import letopis.cli.terminal.Style;
import letopis.cli.terminal.Terminal;
import letopis.cli.terminal.Visible;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what is wrong, and the command that looks further. */
@Command(name = "doctor", description = "Look for what is wrong with this installation and this store, and say what to do.", footer = """

        Changes nothing, and takes a moment however large the store is; verify reads all of it.

        Ends with 0 if nothing is wrong, and else with the code of the worst finding.

        Example:
          letopis doctor""")
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private StoreOption data = new StoreOption();

    @Mixin
    private OutputOptions output = new OutputOptions();

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Terminal terminal = session.terminal();
        List<Finding> findings = switch (data.address()) {
            case StoreAddress.Directory it -> new Examination(it.path(), data.argument(), session.clock()).findings();
            case StoreAddress.Database it -> new DatabaseExamination(it, data.argument(), session.clock()).findings();
        };
        boolean json = output.json(terminal);
        for (Finding finding : findings) {
            if (json) {
                new JsonLine().member("check", finding.check())
                        .member("state", finding.state().name().toLowerCase(Locale.ROOT))
                        .member("what", finding.what())
                        .member("remedy", finding.remedy())
                        .to(terminal.out());
            } else {
                show(terminal, finding);
            }
        }
        terminal.out().flush();
        return findings.stream()
                .filter(it -> it.state() == Finding.State.WRONG)
                .mapToInt(Finding::exitCode)
                .findFirst()
                .orElse(ExitCode.DONE);
    }

    private static void show(Terminal terminal, Finding finding) {
        Style style = terminal.outStyle();
        String mark = switch (finding.state()) {
            case GOOD -> style.good("ok     ");
            case NOTE -> style.warning("note   ");
            case WRONG -> style.bad("wrong  ");
        };
        terminal.out().println(mark + String.format("%-12s", finding.check()) + Visible.of(finding.what()));
        if (!finding.remedy().isEmpty()) {
            terminal.out().println(" ".repeat(19) + style.faint("-> ") + Visible.of(finding.remedy()));
        }
    }
}
