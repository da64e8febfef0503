package dev.nori.wal.model;

import dev.nori.wal.Position;
import java.util.ArrayList;
import java.util.List;

/** The readers that are open, a few at most. */
final class Followers {
    private static final int MOST = 3;

    private final LogModel model;
    private final List<Follower> open = new ArrayList<>();

    Followers(LogModel model) {
        this.model = model;
    }

    /** Opens one at the entry that was drawn, or at the end; not while there are enough. */
    void begin(Way way, int drawn) {
        model.settlePromised();
        if (open.size() == MOST) return;
        int index = drawn % (model.expected().size() + 1);
        boolean atEnd = index == model.expected().size();
        Position from =
                atEnd ? model.wal().endPosition() : model.expected().get(index).position();
        open.add(new Follower(model, way, from, model.firstSequence() + index));
    }

    /** Lets the one that was drawn go on. */
    void goOn(int drawn, int steps) {
        model.settlePromised();
        if (open.isEmpty()) return;
        Follower follower = open.get(drawn % open.size());
        if (!follower.goOn(steps)) open.remove(follower);
    }

    /** Closes the one that was drawn. */
    void end(int drawn) {
        if (!open.isEmpty()) open.remove(drawn % open.size()).close();
    }

    /** The log is about to be cut there: who is beyond loses its place. */
    void beforeCut(Position cut) {
        List<Follower> onTheEdge =
                open.stream().filter(follower -> follower.isOnTheEdgeOf(cut)).toList();
        onTheEdge.forEach(Follower::close);
        open.removeAll(onTheEdge);
        open.forEach(follower -> follower.beforeCut(cut));
    }

    /** Everything is about to go. */
    void loseAll() {
        open.forEach(Follower::lose);
    }

    /** Lets those find out who lost their place. */
    void endLost() {
        List<Follower> lost = open.stream().filter(Follower::isLost).toList();
        lost.forEach(follower -> follower.goOn(1));
        open.removeAll(lost);
    }

    /** What they keep from being trimmed begins no later than here; {@code most} if nobody reads. */
    Position keepAtMost(Position most) {
        return open.stream().map(Follower::keepsAtMost).reduce(most, Followers::earlier);
    }

    /** The same, no earlier than here. */
    Position keepAtLeast(Position most) {
        return open.stream().map(Follower::keepsAtLeast).reduce(most, Followers::earlier);
    }

    private static Position earlier(Position a, Position b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    void closeAll() {
        open.forEach(Follower::close);
        open.clear();
    }
}
