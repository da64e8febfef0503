package dev.nori.wal.io.sim;

import dev.nori.wal.io.sim.Inode.Size;
import dev.nori.wal.io.sim.Inode.Version;
import dev.nori.wal.io.sim.SimOptions.InFlight;
import dev.nori.wal.io.sim.SimOptions.Versions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Every legal content of one file after a power cut: a size, and for each place that is not settled one of
 * its contents. Places at or behind the size do not count: what is cut off cannot be told apart.
 */
final class FileImages {
    /** A sector, or the sectors of a mapped page, and the contents it may have; the first is the durable one. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Place(int[] sectors, long[] events, byte[][] @Nullable [] contents, Fingerprint[] differences) {
        /** The differences are those of the contents' fingerprints from that of the durable one. */
        static Place of(int[] sectors, long[] events, byte[][] @Nullable [] contents) {
            Fingerprint[] differences = new Fingerprint[contents.length];
            for (int i = 0; i < contents.length; i++) {
                differences[i] = sum(sectors, contents[i]).minus(sum(sectors, contents[0]));
            }
            return new Place(sectors, events, contents, differences);
        }

        private static Fingerprint sum(int[] sectors, byte[] @Nullable [] content) {
            Fingerprint sum = Fingerprint.ZERO;
            for (int s = 0; s < sectors.length; s++) sum = sum.plus(Fingerprint.of(sectors[s], content[s]));
            return sum;
        }
    }

    private final Inode file;
    private final SimOptions options;
    private final List<Size> sizes;
    private final List<Place> places = new ArrayList<>();
    /** {@code ways[n]}: contents of the first n places together. */
    private final long[] ways;

    private final Map<Size, Fingerprint> floors;
    private final long count;

    FileImages(Inode file, SimOptions options) {
        this.file = file;
        this.options = options;
        this.sizes = sizes();
        if (file.mapped) addPages();
        else file.open.forEach(this::addSector);
        this.ways = ways();
        this.floors = floors();
        this.count = sizes.stream().mapToLong(this::waysOf).reduce(0, Count::plus);
    }

    /** How many there are; {@link Long#MAX_VALUE} stands for more. */
    long count() {
        return count;
    }

    /** The image of that number; 0 keeps only what is durable, the last one keeps everything (or its garbage). */
    Inode at(long index) {
        long rest = index;
        for (Size size : sizes) {
            long ways = waysOf(size);
            if (rest < ways) return image(size, digits(rest, placesBelow(size)));
            rest -= ways;
        }
        throw new IndexOutOfBoundsException(index + " of " + count);
    }

    /** Of the image of that number, which is not made for it; null if a size cuts through a place. */
    @Nullable Fingerprint fingerprint(long index) {
        long rest = index;
        for (Size size : sizes) {
            long ways = waysOf(size);
            if (rest >= ways) {
                rest -= ways;
                continue;
            }
            Fingerprint sum = floors.get(size);
            if (sum == null) return null;
            for (int i = 0; rest > 0; i++) {
                Place place = places.get(i);
                int radix = place.events.length;
                sum = sum.plus(place.differences[(int) (rest % radix)]);
                rest /= radix;
            }
            return file.ofFile(sum, size.bytes());
        }
        throw new IndexOutOfBoundsException(index + " of " + count);
    }

    /** Of what {@link #pick} makes of the same choices. */
    @Nullable Fingerprint fingerprint(Chooser chooser) {
        Size size = pickSize(chooser);
        int[] digits = pickDigits(size, chooser);
        Fingerprint sum = floors.get(size);
        if (sum == null) return null;
        for (int i = 0; i < digits.length; i++) sum = sum.plus(places.get(i).differences[digits[i]]);
        return file.ofFile(sum, size.bytes());
    }

    Inode pick(Chooser chooser) {
        Size size = pickSize(chooser);
        return image(size, pickDigits(size, chooser));
    }

    private Size pickSize(Chooser chooser) {
        if (sizes.size() == 1) return sizes.getFirst();
        return sizes.get(chooser.choose(sizes.stream().mapToLong(Size::event).toArray()));
    }

    private int[] pickDigits(Size size, Chooser chooser) {
        int[] digits = new int[placesBelow(size)];
        for (int i = 0; i < digits.length; i++) digits[i] = chooser.choose(places.get(i).events);
        return digits;
    }

    /** What the durable content is under each size; without those that cut through a place. */
    private Map<Size, Fingerprint> floors() {
        Map<Size, Fingerprint> floors = new HashMap<>();
        for (Size size : sizes) {
            if (size.bytes() % Blocks.BLOCK_BYTES != 0 && !places.isEmpty()) continue;
            SectorMap floor = file.floor.fork();
            floor.cut(size.bytes());
            floors.put(size, floor.fingerprint());
        }
        return floors;
    }

    private Inode image(Size size, int[] digits) {
        SectorMap content = file.floor.fork();
        for (int i = 0; i < digits.length; i++) {
            if (digits[i] == 0) continue;
            Place place = places.get(i);
            for (int s = 0; s < place.sectors.length; s++) content.put(place.sectors[s], place.contents[digits[i]][s]);
        }
        content.cut(size.bytes());
        return file.survivor(content, size.bytes());
    }

    private int[] digits(long index, int places) {
        int[] digits = new int[places];
        long rest = index;
        for (int i = 0; i < places; i++) {
            int radix = this.places.get(i).events.length;
            digits[i] = (int) (rest % radix);
            rest /= radix;
        }
        return digits;
    }

    private long waysOf(Size size) {
        return ways[placesBelow(size)];
    }

    private int placesBelow(Size size) {
        int below = 0;
        while (below < places.size() && (long) places.get(below).sectors[0] * file.sectorBytes < size.bytes()) below++;
        return below;
    }

    private long[] ways() {
        long[] ways = new long[places.size() + 1];
        ways[0] = 1;
        for (int i = 0; i < places.size(); i++) ways[i + 1] = Count.times(ways[i], places.get(i).events.length);
        return ways;
    }

    /** Each possible length once, the newest last. */
    private List<Size> sizes() {
        List<Size> all = file.sizes;
        if (all.size() == 1) return all;
        Size newest = all.getLast();
        List<Size> kept = new ArrayList<>();
        for (Size size : options.versions() == Versions.ANY ? all : List.of(all.getFirst())) {
            boolean known = kept.stream().anyMatch(other -> other.bytes() == size.bytes());
            if (!known && size.bytes() != newest.bytes()) kept.add(size);
        }
        kept.add(newest);
        return kept;
    }

    private void addSector(int sector, Version[] versions) {
        byte[] floor = file.floor.get(sector);
        List<Version> contents = new ArrayList<>(List.of(new Version(-1, floor)));
        Version newest = versions[versions.length - 1];
        if (options.versions() == Versions.ANY) {
            for (Version version : versions) {
                if (isNew(contents, version) && !Bytes.same(version.bytes(), newest.bytes())) contents.add(version);
            }
        }
        // Bytes that came back to the durable ones count twice, so that the newest content is always the last.
        if (contents.size() > 1 || isNew(contents, newest)) contents.add(newest);
        addGarbage(contents, sector, floor, newest);
        if (contents.size() == 1) return;
        long[] events = contents.stream().mapToLong(Version::event).toArray();
        byte[][][] bytes = contents.stream().map(v -> new byte[][] {v.bytes()}).toArray(byte[][][]::new);
        places.add(Place.of(new int[] {sector}, events, bytes));
    }

    private static boolean isNew(List<Version> contents, Version version) {
        return contents.stream().noneMatch(other -> Bytes.same(other.bytes(), version.bytes()));
    }

    private void addGarbage(List<Version> contents, int sector, byte @Nullable [] floor, Version newest) {
        long seed = (long) sector << 32 ^ newest.event();
        if (options.inFlight() == InFlight.ATOMIC || newest.bytes() == null) return;
        if (options.inFlight() == InFlight.GARBAGE_IN_SECTOR) {
            contents.add(new Version(newest.event(), Bytes.garbage(file.sectorBytes, seed)));
        } else if (!Bytes.same(floor, newest.bytes())) {
            contents.add(new Version(newest.event(), Bytes.garbageWhereChanged(floor, newest.bytes(), seed)));
        }
    }

    /** The kernel writes a mapped page back whole, as it is at some moment; here: at one of the events. */
    private void addPages() {
        int perPage = Blocks.BLOCK_BYTES / file.sectorBytes;
        int[] pages = file.open.keySet().stream()
                .mapToInt(sector -> sector / perPage)
                .distinct()
                .toArray();
        for (int page : pages) addPage(page * perPage, perPage);
    }

    private void addPage(int first, int sectors) {
        Map<Integer, Version[]> open = file.open.subMap(first, first + sectors);
        long[] moments = open.values().stream()
                .flatMap(Arrays::stream)
                .mapToLong(Version::event)
                .distinct()
                .sorted()
                .toArray();
        if (options.versions() == Versions.NEWEST) moments = new long[] {moments[moments.length - 1]};
        int[] sectorsOfPage = IntStream.range(first, first + sectors).toArray();
        long[] events =
                LongStream.concat(LongStream.of(-1), Arrays.stream(moments)).toArray();
        byte[][][] contents = new byte[events.length][][];
        Arrays.setAll(contents, i -> pageAsOf(events[i], sectorsOfPage));
        places.add(Place.of(sectorsOfPage, events, contents));
    }

    private byte[] @Nullable [] pageAsOf(long event, int[] sectors) {
        byte[] @Nullable [] page = new byte[sectors.length][];
        for (int i = 0; i < sectors.length; i++) page[i] = asOf(event, sectors[i]);
        return page;
    }

    private byte @Nullable [] asOf(long event, int sector) {
        byte[] bytes = file.floor.get(sector);
        for (Version version : file.open.getOrDefault(sector, new Version[0])) {
            if (version.event() <= event) bytes = version.bytes();
        }
        return bytes;
    }
}
