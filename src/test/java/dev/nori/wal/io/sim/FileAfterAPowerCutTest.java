package dev.nori.wal.io.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.io.IoFailure;
import dev.nori.wal.io.sim.SimOptions.InFlight;
import dev.nori.wal.io.sim.SimOptions.Versions;
import java.lang.foreign.MemorySegment;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FileAfterAPowerCutTest {
    private final SimDisk disk = new SimDisk();
    private final SimFile file;

    FileAfterAPowerCutTest() throws IoFailure {
        file = durableFile(disk, "aaaa");
    }

    @Test
    void mayHaveLostAnUnsyncedWriteOrKeptIt() throws IoFailure {
        file.write(0, Sectors.of("b"));

        assertEquals(Set.of("aaaa", "baaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void alwaysHasASyncedWrite() throws IoFailure {
        file.write(512, Sectors.of("b"));
        file.sync();

        assertEquals(Set.of("abaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void tearsAnUnsyncedWriteAtEverySector() throws IoFailure {
        file.write(0, Sectors.of("bcd"));

        Set<String> expected = Set.of("aaaa", "baaa", "acaa", "bcaa", "aada", "bada", "acda", "bcda");
        assertEquals(expected, Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void showsAnyVersionSinceTheLastSyncUnlessToldTheNewestOnly() throws IoFailure {
        SimDisk coarse = new SimDisk(SimOptions.defaults().withVersions(Versions.NEWEST));
        for (SimFile one : new SimFile[] {file, durableFile(coarse, "aaaa")}) {
            one.write(0, Sectors.of("b"));
            one.write(0, Sectors.of("c"));
        }

        assertEquals(Set.of("aaaa", "baaa", "caaa"), Sectors.afterPowerCut(disk, "f"));
        assertEquals(Set.of("aaaa", "caaa"), Sectors.afterPowerCut(coarse, "f"));
    }

    @Test
    void hasASizeAndBytesThatAreIndependentOfEachOther() throws IoFailure {
        file.write(2048, Sectors.of("b"));

        assertEquals(Set.of("aaaa", "aaaa.", "aaaab"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void isAsLongAsItWasAllocatedOnlyAfterASync() throws IoFailure {
        file.allocate(3072);
        assertEquals(Set.of("aaaa", "aaaa.."), Sectors.afterPowerCut(disk, "f"));

        file.sync();
        assertEquals(Set.of("aaaa.."), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void mayShowAgainWhatWasCutAndGrownWithoutASync() throws IoFailure {
        file.truncate(1024);
        file.truncate(2048);
        assertTrue(Sectors.afterPowerCut(disk, "f").containsAll(Set.of("aaaa", "aa..", "aa.a", "aa")));

        file.sync();
        assertEquals(Set.of("aa.."), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void keepsWhatWasWrittenDurablyAndPromisesNothingForTheRest() throws IoFailure {
        file.write(0, Sectors.of("b"));
        file.writeDurably(2048, Sectors.of("c"));

        assertEquals(Set.of("aaaac", "baaac"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void keepsNothingOfAWriteThatASyncOverlapped() throws IoFailure {
        PendingCall write = file.beginWrite(0, Sectors.of("b"));
        PendingCall sync = file.beginSync();
        write.end();
        sync.end();

        assertEquals(Set.of("aaaa", "baaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void keepsAWriteThatEndedBeforeTheSyncBeganThoughALaterOneOverlapped() throws IoFailure {
        file.write(0, Sectors.of("b"));
        PendingCall sync = file.beginSync();
        file.write(0, Sectors.of("c"));
        sync.end();

        assertEquals(Set.of("baaa", "caaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void isNotCoveredByASyncThatHasNotReturned() throws IoFailure {
        file.write(0, Sectors.of("b"));
        PendingCall sync = file.beginSync();
        assertEquals(Set.of("aaaa", "baaa"), Sectors.afterPowerCut(disk, "f"));

        sync.end();
        assertEquals(Set.of("baaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void mayHaveAnyPartOfAWriteThatIsUnderWay() throws IoFailure {
        file.beginWrite(0, Sectors.of("bb"));

        assertEquals(Set.of("aaaa", "baaa", "abaa", "bbaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void canBeCutOffByAHookThatSyncsInTheMiddleOfAWrite() throws IoFailure {
        disk.hook(new CallHook() {
            @Override
            public void within(Op op) {
                if (!(op instanceof Op.Write)) return;
                disk.hook(NONE);
                sync();
            }
        });
        file.write(0, Sectors.of("b"));

        assertEquals(Set.of("aaaa", "baaa"), Sectors.afterPowerCut(disk, "f"));
    }

    @Test
    void takesNeitherTheFirstNorTheLastBytesOfABufferThatChangedUnderTheWrite() throws IoFailure {
        MemorySegment buffer = Sectors.of("bb");
        PendingCall write = file.beginWrite(0, buffer);
        buffer.fill((byte) 'c');
        write.end();

        assertEquals("bcaa", Sectors.read(file));
    }

    @Test
    void mayHaveGarbageInASectorThatWasBeingWritten() throws IoFailure {
        SimDisk rough = new SimDisk(SimOptions.defaults().withInFlight(InFlight.GARBAGE_IN_SECTOR));
        durableFile(rough, "aaaa").write(0, Sectors.of("b"));

        assertEquals(Set.of("aaaa", "baaa", "?aaa"), Sectors.afterPowerCut(rough, "f"));
    }

    @Test
    void keepsTheBytesThatDoNotChangeOnADiskWithPowersafeOverwrite() throws IoFailure {
        SimDisk rough = new SimDisk(SimOptions.defaults().withInFlight(InFlight.GARBAGE_IN_CHANGED_BYTES));
        SimFile same = durableFile(rough, "aaaa");
        same.write(0, Sectors.of("a"));
        assertEquals(Set.of("aaaa"), Sectors.afterPowerCut(rough, "f"));

        same.write(0, Sectors.of("b"));
        assertEquals(Set.of("aaaa", "baaa", "?aaa"), Sectors.afterPowerCut(rough, "f"));
    }

    @Test
    void neverGetsWhatAFailedSyncShouldHaveWritten() throws IoFailure {
        file.write(0, Sectors.of("b"));
        file.failSync();
        file.sync();

        assertEquals("baaa", Sectors.read(file));
        assertEquals(Set.of("aaaa"), Sectors.afterPowerCut(disk, "f"));
    }

    private void sync() {
        try {
            file.sync();
        } catch (IoFailure failure) {
            throw new AssertionError(failure);
        }
    }

    /** A file that a power cut cannot change any more. */
    static SimFile durableFile(SimDisk disk, String letters) throws IoFailure {
        SimStorage storage = disk.storage();
        SimFile file = storage.create("f");
        file.write(0, Sectors.of(letters));
        file.sync();
        storage.syncDirectory();
        return file;
    }
}
