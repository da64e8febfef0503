package dev.nori.wal.codec;

import java.util.function.Supplier;

/** Whether a codec can be used here; found out once, by the first who asks. */
sealed interface Availability {
    /** It can. */
    record Ready(Codec codec) implements Availability {}

    /** It cannot; a sentence says what to add. */
    record Missing(String what, Throwable cause) implements Availability {}

    /**
     * Loads a codec.
     *
     * @param name what people call it
     * @param dependency group and artifact
     * @param module its name as a module
     * @param maker fails if a class is missing or native code is refused
     */
    static Availability load(String name, String dependency, String module, Supplier<Codec> maker) {
        try {
            return new Ready(maker.get());
        } catch (NoClassDefFoundError missing) {
            boolean absent = missing.getCause() instanceof ClassNotFoundException;
            return new Missing(absent ? addLibrary(name, dependency, module) : allowNative(name, module), missing);
        } catch (LinkageError | RuntimeException refused) {
            return new Missing(allowNative(name, module), refused);
        }
    }

    private static String addLibrary(String name, String dependency, String module) {
        return "%s needs %s: put it on the class path, or on the module path with --add-modules %s"
                .formatted(name, dependency, module);
    }

    private static String allowNative(String name, String module) {
        return "%s cannot load its native code: start java with --enable-native-access=%s, or =ALL-UNNAMED for the class path"
                .formatted(name, module);
    }
}
