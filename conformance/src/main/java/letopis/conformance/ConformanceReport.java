package letopis.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * How a store did in the suite, for use outside of a test class: in a {@code main}, or in a tool.
 *
 * <pre>{@code
 * ConformanceReport report = ConformanceReport.run(MyFixture::new);
 * report.print(System.out);
 * System.exit(report.passed() ? 0 : 1);
 * }</pre>
 *
 * @param store   what the fixture calls the store
 * @param results one for each test, by contract and name
 * @param took    how long all of it took
 */
public record ConformanceReport(String store, List<Result> results, Duration took) {
    public ConformanceReport {
        results = List.copyOf(results);
    }

    /**
     * How one test ended.
     *
     * @param contract the contract it is of, without its package: {@code AppendContract}
     * @param test     its name
     * @param failure  why it failed; nothing if it passed
     * @param skipped  whether it did not run to its end: the suite never skips, so this counts as a failure
     */
    public record Result(String contract, String test, Optional<Throwable> failure, boolean skipped) {
        public boolean passed() {
            return failure.isEmpty() && !skipped;
        }

        @Override
        public String toString() {
            return (passed() ? "passed  " : skipped ? "SKIPPED " : "FAILED  ") + contract + "." + test
                    + failure.map(it -> "\n    " + String.valueOf(it).replace("\n", "\n    ")).orElse("");
        }
    }

    /**
     * Runs {@link WholeContract}.
     *
     * @param fixtures makes a new fixture for each test
     */
    public static ConformanceReport run(Supplier<? extends StoreFixture> fixtures) {
        return run(fixtures, WholeContract.class);
    }

    /**
     * Runs one contract.
     *
     * @param fixtures makes a new fixture for each test
     * @param contract one of the interfaces of this package
     */
    public static ConformanceReport run(Supplier<? extends StoreFixture> fixtures,
            Class<? extends StoreContract> contract) {
        return run(fixtures, contract, _ -> true);
    }

    static ConformanceReport run(Supplier<? extends StoreFixture> fixtures, Class<? extends StoreContract> contract,
            Predicate<String> tests) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(tests(contract).filter(it -> tests.test(it.getName()))
                        .map(it -> DiscoverySelectors.selectMethod(ReportedStore.class, it))
                        .toList())
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "false")
                .configurationParameter("junit.platform.output.capture.stdout", "false")
                .build();
        var listener = new ReportListener();
        long start = System.nanoTime();
        ScopedValue.where(ReportedStore.FIXTURES, fixtures)
                .run(() -> LauncherFactory.create().execute(request, listener));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        List<Result> results = new ArrayList<>(listener.results());
        results.sort(Comparator.comparing(Result::contract).thenComparing(Result::test));
        return new ConformanceReport(name(fixtures), results, took);
    }

    /** The tests of a contract and of those that it is made of. */
    static Stream<Method> tests(Class<? extends StoreContract> contract) {
        return Stream.of(contract.getMethods()).filter(it -> it.isAnnotationPresent(Test.class));
    }

    /** Whether there were tests and each of them passed. */
    public boolean passed() {
        return !results.isEmpty() && results.stream().allMatch(Result::passed);
    }

    /** The tests that did not pass. */
    public List<Result> failures() {
        return results.stream().filter(it -> !it.passed()).toList();
    }

    /** One line for each test, with the reasons of the failures, and a line that counts them. */
    public void print(PrintStream out) {
        results.forEach(out::println);
        out.println(this);
    }

    @Override
    public String toString() {
        return "%s: %d tests, %d passed, %d failed, in %d ms".formatted(store, results.size(),
                results.size() - failures().size(), failures().size(), took.toMillis());
    }

    private static String name(Supplier<? extends StoreFixture> fixtures) {
        try (StoreFixture fixture = fixtures.get()) {
            return fixture.name();
        } catch (IOException failure) {
            return "a store whose fixture does not close: " + failure;
        }
    }
}
