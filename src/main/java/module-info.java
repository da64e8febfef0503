import org.jspecify.annotations.NullMarked;

/** A write-ahead log that lives on the local disk of one machine. */
@NullMarked
@SuppressWarnings("requires-automatic")
module dev.nori.wal {
    requires static com.github.luben.zstd_jni;
    requires static jdk.jfr;
    requires static transitive org.jspecify;
    requires static org.lz4.java;

    exports dev.nori.wal;
}
