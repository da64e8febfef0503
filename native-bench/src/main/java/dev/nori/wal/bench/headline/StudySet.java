package dev.nori.wal.bench.headline;

import dev.nori.wal.bench.study.Study;
import java.util.List;
import java.util.Locale;

/** Studies that are run together. */
enum StudySet {
    /** Every row of the design, in under four minutes. */
    HEADLINE {
        @Override
        List<Study> studies() {
            return Headline.studies();
        }
    },
    /** How long one durable append takes, to the 99.99th percentile. */
    LATENCY {
        @Override
        List<Study> studies() {
            return LatencyStudies.all();
        }
    };

    abstract List<Study> studies();

    static StudySet named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    Study study(String id) {
        return studies().stream()
                .filter(study -> study.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no study " + id + " in " + this));
    }
}
