package letopis.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeElement;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewPrimitiveArrayInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Loads the engine anew, with a call before each instruction that takes memory: where an object or an array is made, or a
 * collection or a future of the JDK is told to make one or to grow.
 */
final class PlantingLoader extends ClassLoader {
    private static final String ENGINE = "letopis.engine.";
    private static final List<String> PLANTED = List.of(ENGINE + "sequencer.", ENGINE + "index.", ENGINE + "read.");
    private static final Set<String> GROWING = Set.of("add", "addAll", "put", "merge", "computeIfAbsent", "of",
            "copyOf",
            "stream", "toList", "map", "mapToLong", "iterator", "forEach", "clone", "complete",
            "completeExceptionally");
    private static final ClassDesc HOOK = ClassDesc.of(ScarceLife.class.getName());
    private static final MethodTypeDesc STEP = MethodTypeDesc.of(ConstantDescs.CD_void);

    PlantingLoader(ClassLoader parent) {
        super(parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(ENGINE)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }
    }

    private Class<?> define(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = in.readAllBytes();
            byte[] planted = PLANTED.stream().anyMatch(name::startsWith) ? planted(bytes) : bytes;
            return defineClass(name, planted, 0, planted.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] planted(byte[] bytes) {
        ClassFile file = ClassFile.of();
        return file.transformClass(file.parse(bytes), ClassTransform.transformingMethodBodies((code, element) -> {
            if (takesMemory(element)) {
                code.invokestatic(HOOK, "step", STEP);
            }
            code.with(element);
        }));
    }

    private static boolean takesMemory(CodeElement element) {
        return switch (element) {
            case NewObjectInstruction _,NewPrimitiveArrayInstruction _,NewReferenceArrayInstruction _,NewMultiArrayInstruction _,InvokeDynamicInstruction _ ->
                true;
            case InvokeInstruction it -> it.owner().asInternalName().startsWith("java/util/")
                    && GROWING.contains(it.name().stringValue());
            default -> false;
        };
    }

    /** The class of this name as it is loaded here. */
    Class<?> planted(Class<?> type) {
        try {
            return Objects.requireNonNull(loadClass(type.getName()));
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }
}
