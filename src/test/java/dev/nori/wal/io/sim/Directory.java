package dev.nori.wal.io.sim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The names of a directory: those a running program sees, those surely on the device, and the changes between.
 *
 * <p>After a power cut any set of the open changes may be there, with two rules. A change is there only if all
 * earlier open changes of a name it touches are there, because the entry of one name is one place that is
 * written over. A rename touches two names and is one change (see {@link SimOptions.Renames}). Together they
 * say that a durable file never disappears unless its own deletion or replacement was kept. Changes of
 * different names are independent: POSIX orders nothing here, and syncing a file says nothing of its name.
 */
final class Directory {
    private static final int NO_INODE = -1;

    /** What happens to one name. */
    private record Binding(String name, int inode) {}

    /**
     * One change as a whole.
     *
     * @param after the change in whose absence this one cannot be, besides those its names imply; or null
     */
    private record Change(
            long event, List<Binding> bindings, @Nullable Change after) {
        boolean touchesANameOf(Change other) {
            return bindings.stream()
                    .anyMatch(mine -> other.bindings.stream().anyMatch(theirs -> theirs.name.equals(mine.name)));
        }

        boolean needs(Change earlier) {
            return earlier.equals(after) || touchesANameOf(earlier);
        }
    }

    private final SimOptions.Renames renames;
    /** Both maps are replaced, never changed, so that copies share them. */
    private NavigableMap<String, Integer> names;

    private NavigableMap<String, Integer> durable;
    private final List<Change> open;

    /** A directory that is entirely on the device. */
    Directory(SimOptions.Renames renames, NavigableMap<String, Integer> names) {
        this(renames, names, names, new ArrayList<>());
    }

    private Directory(
            SimOptions.Renames renames,
            NavigableMap<String, Integer> names,
            NavigableMap<String, Integer> durable,
            List<Change> open) {
        this.renames = renames;
        this.names = names;
        this.durable = durable;
        this.open = open;
    }

    Directory copy() {
        return new Directory(renames, names, durable, new ArrayList<>(open));
    }

    List<String> list() {
        return List.copyOf(names.keySet());
    }

    @Nullable Integer inodeOf(String name) {
        return names.get(name);
    }

    /** Inodes that have a name now or may have one after a power cut. */
    boolean mayReach(int inode) {
        return names.containsValue(inode)
                || durable.containsValue(inode)
                || open.stream().flatMap(change -> change.bindings.stream()).anyMatch(b -> b.inode == inode);
    }

    void link(long event, String name, int inode) {
        change(new Change(event, List.of(new Binding(name, inode)), null));
    }

    void unlink(long event, String name) {
        change(new Change(event, List.of(new Binding(name, NO_INODE)), null));
    }

    void rename(long event, String from, String to) {
        Integer inode = names.get(from);
        if (inode == null) return;
        Binding linked = new Binding(to, inode);
        Binding unlinked = new Binding(from, NO_INODE);
        if (renames == SimOptions.Renames.ATOMIC) {
            change(new Change(event, List.of(linked, unlinked), null));
            return;
        }
        Change link = new Change(event, List.of(linked), null);
        change(link);
        change(new Change(event, List.of(unlinked), link));
    }

    /** A name that was always there. */
    void linkDurably(String name, int inode) {
        names = with(names, new Binding(name, inode));
        durable = with(durable, new Binding(name, inode));
    }

    /** Covers the changes that ended before {@code begun}. */
    void sync(long begun) {
        for (Change change : open) if (change.event < begun) durable = with(durable, change);
        open.removeIf(change -> change.event < begun);
    }

    /** Every legal directory after a power cut, the durable one first and the newest last; none if over the limit. */
    List<NavigableMap<String, Integer>> survivors(long limit) {
        Set<NavigableMap<String, Integer>> found = new LinkedHashSet<>();
        if (!collect(new ArrayList<>(), 0, limit, found)) return List.of();
        return List.copyOf(found);
    }

    /** The directory with those open changes that are wanted, by event, and possible. */
    NavigableMap<String, Integer> survivor(LongPredicate wanted) {
        List<Change> kept = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            if (wanted.test(open.get(i).event) && possible(kept, i)) kept.add(open.get(i));
        }
        return withAll(kept);
    }

    private boolean collect(List<Change> kept, int next, long limit, Set<NavigableMap<String, Integer>> found) {
        if (found.size() > limit) return false;
        if (next == open.size()) {
            found.add(withAll(kept));
            return true;
        }
        if (!collect(kept, next + 1, limit, found)) return false;
        if (!possible(kept, next)) return true;
        kept.add(open.get(next));
        boolean within = collect(kept, next + 1, limit, found);
        kept.removeLast();
        return within;
    }

    private boolean possible(List<Change> kept, int next) {
        Change change = open.get(next);
        return open.subList(0, next).stream().noneMatch(earlier -> change.needs(earlier) && !kept.contains(earlier));
    }

    private NavigableMap<String, Integer> withAll(List<Change> kept) {
        NavigableMap<String, Integer> result = durable;
        for (Change change : kept) result = with(result, change);
        return result;
    }

    private void change(Change change) {
        names = with(names, change);
        open.add(change);
    }

    private static NavigableMap<String, Integer> with(NavigableMap<String, Integer> names, Change change) {
        NavigableMap<String, Integer> result = names;
        for (Binding binding : change.bindings) result = with(result, binding);
        return result;
    }

    private static NavigableMap<String, Integer> with(NavigableMap<String, Integer> names, Binding binding) {
        NavigableMap<String, Integer> result = new TreeMap<>(names);
        if (binding.inode == NO_INODE) result.remove(binding.name);
        else result.put(binding.name, binding.inode);
        return result;
    }
}
