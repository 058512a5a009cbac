package io.kinolift.kernel.vector;

/**
 * The JDK's vector module, an incubator. {@code --add-modules} also loads it, but then the JVM prints a warning at
 * every start, and no option turns it off. Loaded later, by the JDK's own way for modules of agents, it is the same
 * module of the same class loader, so the JIT treats it the same. No class that names a vector may be used before.
 */
public final class VectorModule {
    public static final String NAME = "jdk.incubator.vector";
    /** An option of the java command, because the part of the JDK that loads modules is not exported. */
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
            // Found by name: otherwise the compiler would also need the option, in this project's build and in every
            // editor.
            Class.forName("jdk.internal.module.Modules")
                    .getMethod("loadModule", String.class)
                    .invoke(null, NAME);
            return true;
        } catch (ReflectiveOperationException e) {
            return false;
        }
    }
}
