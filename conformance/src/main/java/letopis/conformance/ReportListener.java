package letopis.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import letopis.conformance.ConformanceReport.Result;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;

/** Notes how each test ends; a failure outside of a test counts as one. */
final class ReportListener implements TestExecutionListener {
    private final List<Result> results = new ArrayList<>();

    synchronized List<Result> results() {
        return results;
    }

    @Override
    public synchronized void executionSkipped(TestIdentifier test, String reason) {
        results.add(
                new Result(contract(test), name(test), Optional.of(new AssertionError("skipped: " + reason)), true));
    }

    @Override
    public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
        boolean aborted = result.getStatus() == TestExecutionResult.Status.ABORTED;
        if (test.isTest() || result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            results.add(new Result(contract(test), name(test), result.getThrowable(), aborted));
        }
    }

    private static String contract(TestIdentifier test) {
        return method(test).map(it -> it.getJavaMethod().getDeclaringClass().getSimpleName()).orElse("suite");
    }

    private static String name(TestIdentifier test) {
        return method(test).map(MethodSource::getMethodName).orElse(test.getDisplayName());
    }

    private static Optional<MethodSource> method(TestIdentifier test) {
        return test.getSource().filter(MethodSource.class::isInstance).map(MethodSource.class::cast);
    }
}
