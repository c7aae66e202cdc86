package letopis.journal.disk;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A disk all of whose operations pass through a test's hands, which may watch, delay, change or refuse each. It knows the
 * operations from the interfaces themselves, so that none is left out when they get more. As safe for many threads as the
 * disk and the interceptor are.
 */
public final class InterceptedDisk {
    private InterceptedDisk() {}

    /** Gets each operation instead of the disk. */
    @FunctionalInterface
    public interface Interceptor {
        /**
         * Does an operation, or something else.
         *
         * @return what the operation returns; nothing where it returns nothing
         */
        @Nullable
        Object intercept(Operation operation) throws IOException;
    }

    /** A disk that does with each operation what the interceptor says. Its name is that of the given one. */
    public static Disk of(Disk disk, Interceptor interceptor) {
        return proxy(Disk.class, disk, "", interceptor);
    }

    @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself alone
    private static <T> T proxy(Class<T> type, T target, String file, Interceptor interceptor) {
        Object made = Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (self, method, arguments) -> {
            Object[] given = arguments == null ? new Object[0] : arguments;
            if (method.getName().equals("equals")) {
                return self == given[0];
            }
            if (method.getDeclaringClass() == Object.class || method.getName().equals("name")) {
                return invoke(target, method, given);
            }
            if (method.getName().equals("directory")) {
                return proxy(Disk.class, ((Disk) target).directory((String) given[0]), "", interceptor); // nothing is done yet
            }
            return interceptor.intercept(new Operation(target, method, given, file, interceptor));
        });
        return type.cast(made);
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments)
            throws IOException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            switch (e.getCause()) {
                case IOException cause -> throw cause;
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new AssertionError(e);
            }
        } catch (IllegalAccessException e) {
            throw new AssertionError(method.toString(), e);
        }
    }

    /** An operation that was asked for. */
    public static final class Operation {
        private final Object target;
        private final Method method;
        private final Object[] arguments;
        private final String file;
        private final Interceptor interceptor;

        private Operation(Object target, Method method, Object[] arguments, String file, Interceptor interceptor) {
            this.target = target;
            this.method = method;
            this.arguments = arguments;
            this.file = file;
            this.interceptor = interceptor;
        }

        /** What is to be done: the method's name; for an opening with its access, for a lock's end {@code unlock}. */
        public String name() {
            return switch (target) {
                case DiskLock _ -> "unlock";
                default -> arguments.length == 2 && arguments[1] instanceof Disk.Access access
                        ? method.getName() + " " + access
                        : method.getName();
            };
        }

        /** The file it is about; empty for the directory. */
        public String file() {
            return file.isEmpty() && arguments.length > 0 && arguments[0] instanceof String name ? name : file;
        }

        /** A number given: offset and length of a transfer, for example; by its index among the arguments. */
        public long number(int argument) {
            return ((Number) arguments[argument]).longValue();
        }

        /** Something given, by its index among the arguments. */
        public Object argument(int argument) {
            return arguments[argument];
        }

        /** Does it. */
        public @Nullable Object proceed() throws IOException {
            return watched(invoke(target, method, arguments));
        }

        /** Does it with another argument. */
        public @Nullable Object proceedWith(int argument, Object value) throws IOException {
            Object[] changed = arguments.clone();
            changed[argument] = value;
            return watched(invoke(target, method, changed));
        }

        private @Nullable Object watched(@Nullable Object result) {
            return switch (result) {
                case DiskFile opened -> proxy(DiskFile.class, opened, file(), interceptor);
                case Optional<?> found -> found.map(it -> it instanceof DiskLock lock
                        ? proxy(DiskLock.class, lock, file(), interceptor)
                        : it);
                case null, default -> result;
            };
        }

        @Override
        public String toString() {
            return name() + " " + (file().isEmpty() ? "the directory" : file()) + (name().equals("write")
                    ? " " + Arrays.toString(new long[]{number(0), number(3)})
                    : "");
        }
    }
}
