package dev.nori.wal.bench.log;

import dev.nori.wal.Position;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** The last appends under way; a new one waits for the one that stood in its place. */
final class InFlight {
    private final @Nullable CompletableFuture<?>[] places;

    InFlight(int places) {
        this.places = new CompletableFuture<?>[places];
    }

    void put(long number, CompletableFuture<Position> future) throws ExecutionException, InterruptedException {
        int place = (int) (number % places.length);
        CompletableFuture<?> before = places[place];
        if (before != null) before.get();
        places[place] = future;
    }

    void awaitAll() throws ExecutionException, InterruptedException {
        for (CompletableFuture<?> future : places) {
            if (future != null) future.get();
        }
    }
}
