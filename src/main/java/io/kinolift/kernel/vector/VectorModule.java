package io.kinolift.kernel.vector;

/**
 * The JDK's module of vectors, an incubator. {@code --add-modules} loads it as well, but then the JVM prints a warning at
 * every start, which no option turns off. Loaded later, in the way in which the JDK loads modules of agents, it is the
 * same module of the same class loader, so the JIT treats it the same. No class that names a vector may be used before.
 */
public final class VectorModule {
    public static final String NAME = "jdk.incubator.vector";
    /** Of java; the part of the JDK that loads modules is not exported. */
    public static final String OPTION = "--add-exports=java.base/jdk.internal.module=ALL-UNNAMED";

    private static final boolean LOADED = load();

    private VectorModule() {}

    /** Loads the module at the first call. */
    public static boolean isLoaded() {
        return LOADED;
    }

    private static boolean load() {
        if (ModuleLayer.boot().findModule(NAME).isPresent()) {
            return true;
        }
        try {
            // By name: the compiler would need the option too, of this project's build and of every editor.
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
