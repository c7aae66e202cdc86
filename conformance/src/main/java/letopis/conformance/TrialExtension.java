package letopis.conformance;

import java.lang.reflect.Method;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Hands each test its {@link Trial}, holds it to the deadline, and cleans up after it. */
public final class TrialExtension implements ParameterResolver, InvocationInterceptor {
    private static final Namespace HERE = Namespace.create(TrialExtension.class);
    private static final Duration CLOSING = Duration.ofSeconds(20);

    /** For JUnit. */
    public TrialExtension() {}

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Trial.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var trial = new Trial(((StoreContract) context.getRequiredTestInstance()).fixture());
        context.getStore(HERE).put(Trial.class, trial);
        return trial;
    }

    @Override
    public void interceptTestMethod(Invocation<@Nullable Void> invocation,
            ReflectiveInvocationContext<Method> method, ExtensionContext context) throws Throwable {
        Trial trial = context.getStore(HERE).get(Trial.class, Trial.class);
        if (trial == null) {
            invocation.proceed();
            return;
        }
        Throwable failure = null;
        try {
            Deadline.hold(trial.fixture().deadline(), "the test", invocation::proceed);
        } catch (Throwable thrown) {
            failure = thrown;
        }
        try {
            Deadline.hold(CLOSING, "closing the store", trial::end);
        } catch (Throwable thrown) {
            if (failure == null) {
                throw thrown;
            }
            failure.addSuppressed(thrown);
        }
        if (failure != null) {
            throw failure;
        }
    }
}
