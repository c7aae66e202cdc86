package letopis.cli.doctor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import letopis.cli.failure.Diagnosis;
import letopis.cli.failure.ExitCode;
import letopis.cli.failure.Failure;
import letopis.cli.opening.InDatabase;
import letopis.cli.opening.StoreAddress.Database;
import letopis.cli.opening.StoreOpening;
import letopis.cli.terminal.Figures;
import letopis.sql.StoreHealth;
import letopis.store.StoreException;

/** Looks at a store in a database without changing it, in a moment however large it is. */
public final class DatabaseExamination {
    private final Database address;
    private final String argument;
    private final InstantSource clock;
    private final List<Finding> findings = new ArrayList<>();

    /** @param argument what a proposed command needs to work on the same store */
    public DatabaseExamination(Database address, String argument, InstantSource clock) {
        this.address = address;
        this.argument = argument;
        this.clock = clock;
    }

    /** What was found, in the order in which it was looked at. */
    public List<Finding> findings() {
        findings.add(Finding.good("java", Runtime.version() + " in " + System.getProperty("java.home")));
        try (InDatabase opened = StoreOpening.readOnly(address)) {
            findings.add(Finding.good("database", opened.server() + " answers at " + address));
            StoreHealth health = opened.store().health();
            findings.add(Finding.good("store", Figures.count(health.head(), "event")
                    + " were given a position; all of them are checked by: letopis verify" + argument));
            findings.add(health.complaint()
                    .map(it -> Finding.wrong("health", it, "", ExitCode.FAILED))
                    .orElse(Finding.good("health", "there is no complaint")));
            findings.add(health.turnHolder()
                    .map(it -> Finding.note("writer", "the turn to write is held by " + it,
                            "nobody else writes until that transaction ends"))
                    .orElse(Finding.good("writer", "nobody writes at this moment")));
            findings.add(NewestEvent.finding(opened.store(), clock));
        } catch (Failure e) {
            findings.add(Finding.wrong("database", e));
        } catch (StoreException e) {
            findings.add(Finding.wrong("store", Diagnosis.of(e).orElseThrow(() -> e)));
        }
        return List.copyOf(findings);
    }
}
