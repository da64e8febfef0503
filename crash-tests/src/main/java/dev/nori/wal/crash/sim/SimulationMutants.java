package dev.nori.wal.crash.sim;

import static dev.nori.wal.crash.sim.SimulationHunt.*;

import dev.nori.wal.crash.Edit;
import dev.nori.wal.crash.Mutant;
import java.util.List;

/** The changes of the library that the simulated disk shows: every step that durability hangs on, left out or misplaced. */
final class SimulationMutants {
    private static final String HOUSEKEEPER = "dev/nori/wal/flush/Housekeeper.java";
    private static final String AGING = "dev/nori/wal/flush/AgingSegment.java";
    private static final String WRITER = "dev/nori/wal/flush/Writer.java";
    private static final String SEGMENT_WRITER = "dev/nori/wal/flush/SegmentWriter.java";
    private static final String SCHEDULE = "dev/nori/wal/flush/SyncSchedule.java";
    private static final String GATE = "dev/nori/wal/append/DurableGate.java";
    private static final String COMPLETIONS = "dev/nori/wal/append/Completions.java";
    private static final String LOG_END = "dev/nori/wal/append/LogEnd.java";
    private static final String STAGE = "dev/nori/wal/handoff/Stage.java";
    private static final String FAILURE = "dev/nori/wal/handoff/Failure.java";
    private static final String RECOVERY = "dev/nori/wal/recover/Recovery.java";
    private static final String VERDICTS = "dev/nori/wal/recover/Verdicts.java";
    private static final String FRONT = "dev/nori/wal/recover/FrontOfLog.java";
    private static final String FACT_FINDING = "dev/nori/wal/recover/FactFinding.java";
    private static final String BEYOND = "dev/nori/wal/recover/Beyond.java";
    private static final String LEFT_STAGE = "dev/nori/wal/recover/LeftStage.java";
    private static final String MENDING = "dev/nori/wal/recover/Mending.java";
    private static final String DRAIN = "dev/nori/wal/recover/StageDrain.java";
    private static final String CURSOR = "dev/nori/wal/frame/FrameCursor.java";
    private static final String CHECKSUM = "dev/nori/wal/frame/FrameChecksum.java";
    private static final String TRIMMER = "dev/nori/wal/flush/Trimmer.java";
    private static final String PINS = "dev/nori/wal/segment/SegmentPins.java";
    private static final String CONTROL_FILE = "dev/nori/wal/segment/ControlFile.java";
    private static final String CONTROL_SLOT = "dev/nori/wal/frame/ControlSlot.java";
    private static final String EXCHANGE = "dev/nori/wal/assembly/Exchange.java";
    private static final String WAL = "dev/nori/wal/assembly/DurableWal.java";
    private static final String APPENDER = "dev/nori/wal/append/Appender.java";

    private static final String DURABLE_PROMISE = "nothing durable is lost to a power cut";
    private static final String PREFIX_PROMISE = "what comes back is a prefix";
    private static final String WINDOW_PROMISE = "the age bound of Batch";
    private static final String FINAL_PROMISE = "a failure is final and told to everybody";
    private static final String REPORTED_PROMISE = "what an open has reported survives";
    private static final String INVENTED_PROMISE = "never a record nobody appended";
    private static final String OPENS_PROMISE = "a torn tail is cut silently";
    private static final String DAMAGE_PROMISE = "damage to durable data is reported";
    private static final String LOSS_PROMISE = "a loss of what had been durable is reported as what it is";
    private static final String FULL_PROMISE = "a full disk is a state, not a death";
    private static final String KILLED_PROMISE = "nothing acknowledged is lost to a kill";
    private static final String BATCH_PROMISE = "never half a batch";
    private static final String CUT_PROMISE = "what was cut away never comes back";
    private static final String FRONT_PROMISE = "the log begins where its front was trimmed to";
    private static final String READER_PROMISE = "a reader keeps what it reads";
    private static final String NOTES_PROMISE = "metadata and checkpoint are the old ones or the new ones";
    private static final String CHECKPOINT_PROMISE = "a checkpoint speaks of what is there";
    private static final String RESET_PROMISE = "a reset log goes on with the number it was given";

    /** A mutant and what shows it. */
    private record Hunted(Mutant mutant, SimulationHunt hunt) {}

    private static final List<Hunted> TABLE = List.of(
            hunted(
                    ROLLS,
                    "a new segment's name is not made durable",
                    HOUSEKEEPER,
                    "storage.syncDirectory();",
                    "",
                    DURABLE_PROMISE),
            hunted(
                    ROLLS_WITHOUT_A_SYNC,
                    "a footer is written before its frames are durable",
                    AGING,
                    "sync();\n        Footers.write(file, header, footer.get());",
                    "Footers.write(file, header, footer.get());",
                    PREFIX_PROMISE),
            hunted(ROLLS, "a full segment is not synced", AGING, "file.sync();", "", DURABLE_PROMISE),
            hunted(
                    ROLLS,
                    "segments that filled up during a sync are not synced",
                    WRITER,
                    "syncAging(); // those that filled up just now",
                    "",
                    DURABLE_PROMISE),
            hunted(
                    WITHIN_A_SYNC,
                    "a sync covers what was committed when it ended",
                    WRITER,
                    "int woken = stage.durableTo(committed);",
                    "drainTo(stage.staged(), false);\n        int woken = stage.durableTo(stage.committed());",
                    DURABLE_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "acknowledged before the sync",
                    GATE,
                    "if (stage.durable() >= end) return;",
                    "if (stage.committed() >= end) return;",
                    DURABLE_PROMISE),
            hunted(
                    WITHIN_A_SYNC,
                    "a future completes before the sync",
                    COMPLETIONS,
                    "return durableEnd <= stage.durable();",
                    "return durableEnd <= stage.committed();",
                    DURABLE_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "a write that syncs does not",
                    SEGMENT_WRITER,
                    "if (alone) file.writeDurably(offset, blocks);",
                    "if (alone) file.write(offset, blocks);",
                    DURABLE_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "a write that syncs is taken for a sync of the file",
                    SEGMENT_WRITER,
                    "boolean alone = durably && !dirty;",
                    "boolean alone = durably;",
                    DURABLE_PROMISE),
            hunted(
                    AT_THE_END_OF_A_BLOCK,
                    "the file is not synced",
                    SEGMENT_WRITER,
                    "file.sync();",
                    "",
                    DURABLE_PROMISE),
            hunted(
                    AT_THE_END_OF_A_BLOCK,
                    "no sync where a record ends a block",
                    WRITER,
                    "segment != null && segment.isDirty()",
                    "segment != null && segment.isDirty() && stage.written() % 4096 != 0",
                    DURABLE_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "the clock of a batch stands still",
                    SCHEDULE,
                    "nowNanos - deadlineNanos >= 0",
                    "nowNanos - deadlineNanos > Long.MAX_VALUE / 2",
                    WINDOW_PROMISE),
            hunted(
                    SEVERAL_OPENS,
                    "a half-filled block loses what it had",
                    STAGE,
                    "ring.putBytes(FrameLayout.blockFloor(position), tail, 0, position - FrameLayout.blockFloor(position));",
                    "",
                    DURABLE_PROMISE),
            hunted(FAULTS, "a failure is not latched", FAILURE, "first.compareAndSet(null, cause);", "", FINAL_PROMISE),
            new Hunted(goesOnAfterAFailure(), FAULTS),
            hunted(
                    FAULTS,
                    "a failed sync is tried again",
                    SEGMENT_WRITER,
                    "file.sync();",
                    "try {\n            file.sync();\n        } catch (IoFailure once) {\n            file.sync();\n        }",
                    FINAL_PROMISE),
            hunted(
                    SEVERAL_OPENS,
                    "recovery reports without syncing",
                    MENDING,
                    "for (SegmentScan scan : scans) scan.file().sync();",
                    "",
                    REPORTED_PROMISE),
            hunted(
                    FAULTS,
                    "recovery trusts what the page cache shows",
                    MENDING,
                    "for (SegmentScan scan : scans) scan.writeAnew(durable);",
                    "",
                    REPORTED_PROMISE),
            hunted(
                    LEFT_BEHIND,
                    "a generation is used twice",
                    RECOVERY,
                    "generation = finding.highestGeneration();",
                    "generation = finding.highestGeneration() - 1;",
                    INVENTED_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "a frame counts without its checksum",
                    CURSOR,
                    "return checksum.finish((int) payloadBytes, word1, generation, position) == (int) word0;",
                    "return true;",
                    INVENTED_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "the checksum covers the header only",
                    CHECKSUM,
                    "crc.update(place, 0, place.length);",
                    "crc.reset();\n        crc.update(place, 0, place.length);",
                    INVENTED_PROMISE),
            hunted(
                    AROUND_THE_RING,
                    "the checksum leaves the position out",
                    CHECKSUM,
                    "LONG.set(place, 16, position);",
                    "",
                    INVENTED_PROMISE),
            hunted(
                    LEFT_BEHIND,
                    "the checksum leaves the generation out",
                    CHECKSUM,
                    "INT.set(place, 12, generation);",
                    "",
                    INVENTED_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "a torn tail is taken for damage",
                    VERDICTS,
                    "new Verdict.TornTail(bytes);",
                    "bytes == 0 ? new Verdict.TornTail(0) : corrupt(facts, facts.end().at(), \"torn\");",
                    OPENS_PROMISE),
            hunted(
                    DAMAGE,
                    "damage is taken for a torn tail",
                    FACT_FINDING,
                    "if (beyond.durable() > end) return new Proof.Behind();",
                    "",
                    DAMAGE_PROMISE),
            hunted(
                    DAMAGE,
                    "a damaged header is taken for a prepared segment",
                    BEYOND,
                    "if (inside.durable() <= end.position()) return;",
                    "if (inside.durable() >= 0) return;",
                    DAMAGE_PROMISE),
            hunted(
                    LOSS,
                    "a missing segment is not looked for",
                    FRONT,
                    "if (!files.has(id)) return missing(id, lastMissing(id), \"is missing, later segments are there\" + hint());",
                    "",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a missing segment is not noticed at the end of the log",
                    FRONT,
                    "return scan == null || scene.files().footer(scan.header()) != null;",
                    "return false;",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a missing segment is not noticed at the front of the log",
                    FRONT,
                    "if (hasBegun() && !files.has(first)) {",
                    "if (false && hasBegun() && !files.has(first)) {",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a gap is taken for a torn tail",
                    VERDICTS,
                    "long b) -> gap(facts, r);",
                    "long b) -> new Verdict.TornTail(b);",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a gap is called damaged bytes",
                    VERDICTS,
                    "return new Verdict.Gap(row.file(), row.first(), row.last(), row.what(), facts.lost());",
                    "return new Verdict.Corrupt(row.file(), row.first(), 0, row.what(), facts.lost());",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "what the stage says had been durable is not asked for",
                    FACT_FINDING,
                    "Math.max(stage.durable(), slot == null ? 0 : slot.durableBeyond(end));",
                    "slot == null ? 0 : slot.durableBeyond(end);",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a checkpoint proves nothing",
                    FACT_FINDING,
                    "Math.max(stage.durable(), slot == null ? 0 : slot.durableBeyond(end));",
                    "stage.durable();",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a lost end is taken for a torn tail",
                    VERDICTS,
                    "Proof.Elsewhere p,\n                    Staged s,\n                    LostRange l,\n                    long b) -> lost(facts, e.at());",
                    "Proof.Elsewhere p,\n                    Staged s,\n                    LostRange l,\n                    long b) -> new Verdict.TornTail(b);",
                    LOSS_PROMISE),
            hunted(
                    LOSS,
                    "a cut that the records do not reach is carried out",
                    VERDICTS,
                    "Cut.OutOfReach c,\n                    End e,\n                    Proof p,\n                    Staged s,\n                    LostRange l,\n                    long b) -> lost(facts, e.at());",
                    "Cut.OutOfReach c,\n                    End e,\n                    Proof p,\n                    Staged s,\n                    LostRange l,\n                    long b) -> new Verdict.TornTail(0);",
                    LOSS_PROMISE),
            hunted(
                    A_LATE_BEGINNING,
                    "nobody waits for the mark that begins a generation late",
                    APPENDER,
                    "gate.awaitDurable(end.position());\n        begun = true;",
                    "begun = true;",
                    INVENTED_PROMISE),
            hunted(
                    A_LATE_BEGINNING,
                    "a generation that could not begin at once never begins",
                    APPENDER,
                    "if (!begun) begin();",
                    "",
                    INVENTED_PROMISE),
            hunted(
                    A_FULL_DISK,
                    "a segment is left without the space of its footer",
                    LOG_END,
                    "if (full != null) own(full, full.header.segmentBytes());",
                    "",
                    FULL_PROMISE),
            hunted(
                    SALVAGE,
                    "salvage cuts before it has copied",
                    "dev/nori/wal/assembly/Salvage.java",
                    "putAside(report);\n        writeIslands(found, report);\n        takeAway(found);",
                    "takeAway(found);\n        putAside(report);\n        writeIslands(found, report);",
                    DAMAGE_PROMISE),
            hunted(
                    SALVAGE,
                    "a copy is not synced before salvage cuts",
                    "dev/nori/wal/assembly/Copies.java",
                    "target.sync();",
                    "",
                    DAMAGE_PROMISE),
            hunted(
                    SALVAGE,
                    "the names of copies are not made durable before salvage cuts",
                    "dev/nori/wal/assembly/Salvage.java",
                    "aside.syncDirectory();",
                    "",
                    DAMAGE_PROMISE),
            hunted(
                    SALVAGE,
                    "salvage cuts before the records behind the hole are written",
                    "dev/nori/wal/assembly/Salvage.java",
                    "writeIslands(found, report);\n        takeAway(found);",
                    "takeAway(found);\n        writeIslands(found, report);",
                    DAMAGE_PROMISE),
            hunted(
                    DAMAGE,
                    "what had been durable is cut where a mark stands behind it",
                    VERDICTS,
                    "Proof.Behind p,\n                    Staged s,\n                    LostRange l,\n                    long b) -> corrupt(facts, e.at(), e.why());",
                    "Proof.Behind p,\n                    Staged s,\n                    LostRange l,\n                    long b) -> new Verdict.TornTail(b);",
                    DAMAGE_PROMISE),
            hunted(
                    DAMAGE,
                    "marks further on are not looked for",
                    BEYOND,
                    "Math.max(chain.end().durable(), Math.max(tail.durable(), durable))",
                    "Math.max(chain.end().durable(), durable)",
                    DAMAGE_PROMISE),
            hunted(
                    WITHIN_A_SYNC,
                    "a mark claims what is not durable",
                    LOG_END,
                    "frames.putMark(position, timeDelta(segment), durable,",
                    "frames.putMark(position, timeDelta(segment), position,",
                    OPENS_PROMISE),
            hunted(
                    ROLLS,
                    "a header claims what is not durable",
                    LOG_END,
                    "next.bytes(),\n                durable);",
                    "next.bytes(),\n                position);",
                    OPENS_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "the stage claims as durable what was only written",
                    STAGE,
                    "file.set(StageLayout.LONG, StageLayout.WRITTEN, end);",
                    "file.set(StageLayout.LONG, StageLayout.WRITTEN, end);\n        file.set(StageLayout.LONG, StageLayout.DURABLE, end);",
                    OPENS_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "the stage does not know what was acknowledged",
                    STAGE,
                    "file.set(StageLayout.LONG, StageLayout.COMMITTED, end);",
                    "",
                    KILLED_PROMISE),
            hunted(
                    ROLLS,
                    "the stage does not know of a roll",
                    STAGE,
                    "StageLayout.putSlot(file, roll.previousEnd(), roll.header());",
                    "",
                    KILLED_PROMISE),
            hunted(
                    A_FEW_APPENDS,
                    "recovery leaves the stage alone",
                    RECOVERY,
                    "if (left.isEmpty()) return;",
                    "if (left.isEmpty() || left.isPresent()) return;",
                    KILLED_PROMISE),
            hunted(
                    SEVERAL_OPENS,
                    "the drain writes zeros over what the block had",
                    DRAIN,
                    "if (block < at) file.read(header.offsetOf(block), piece.asSlice(0, FrameLayout.BLOCK_BYTES));",
                    "",
                    DURABLE_PROMISE),
            new Hunted(batchRecordByRecord(), ROLLS),
            hunted(
                    A_CUT_END,
                    "the intention of a cut is not noted",
                    EXCHANGE,
                    "house.control().change(intention);",
                    "house.control().adopt(intention.apply(house.control().current()));",
                    CUT_PROMISE),
            new Hunted(cutDoneTooEarly(), A_CUT_OF_MANY),
            hunted(
                    A_CUT_SEGMENT,
                    "segments that were cut off keep their headers",
                    RECOVERY,
                    "mending.emptyCutSegments(zeros);\n        mending.wipeBehindTheEnd(zeros);",
                    "mending.wipeBehindTheEnd(zeros);",
                    CUT_PROMISE),
            hunted(
                    A_CUT_SEGMENT,
                    "a cut begins no generation",
                    RECOVERY,
                    "generation = higher(chain.end().generation(), slot.voidGeneration());",
                    "generation = higher(chain.end().generation(), slot.voidGeneration()) - 1;",
                    CUT_PROMISE),
            hunted(
                    A_CUT_END,
                    "the stage from before a cut still counts",
                    LEFT_STAGE,
                    "left.generation(), control.voidGeneration()) <= 0",
                    "left.generation(), control.voidGeneration()) < 0",
                    CUT_PROMISE),
            hunted(
                    A_CUT_END,
                    "a checkpoint outlives what was cut",
                    CONTROL_SLOT,
                    "checkpoint == null || checkpoint.position() > position ? null : checkpoint",
                    "checkpoint",
                    CHECKPOINT_PROMISE),
            hunted(
                    NOTES,
                    "a torn slot is believed",
                    CONTROL_SLOT,
                    "checksum(slot, dataBytes) != LittleEndian.getInt(slot, Fields.CRC)",
                    "dataBytes < 0",
                    NOTES_PROMISE),
            hunted(NOTES, "a slot is not synced", CONTROL_FILE, "file.writeDurably(", "file.write(", NOTES_PROMISE),
            hunted(
                    NOTES,
                    "both slots are written at once",
                    CONTROL_FILE,
                    "for (int i = 0; i < SLOTS; i++) file.writeDurably((long) i * ControlSlot.SLOT_BYTES, bytes);",
                    "for (int i = 0; i < SLOTS; i++) file.write((long) i * ControlSlot.SLOT_BYTES, bytes);\n            file.sync();",
                    NOTES_PROMISE),
            hunted(NOTES, "a new control file is not synced", CONTROL_FILE, "file.sync();", "", NOTES_PROMISE),
            hunted(
                    NOTES,
                    "the name of the control file is not made durable",
                    CONTROL_FILE,
                    "throw e;\n        }\n        storage.syncDirectory();",
                    "throw e;\n        }",
                    NOTES_PROMISE),
            hunted(
                    NOTES_FOUND,
                    "recovery reports a new control file whose name is not durable",
                    CONTROL_FILE,
                    "if (slot.counter() == 1) storage.syncDirectory();",
                    "",
                    NOTES_PROMISE),
            hunted(
                    NOTES,
                    "a checkpoint is ahead of what is durable",
                    WAL,
                    "awaitDurable(now, at);",
                    "",
                    CHECKPOINT_PROMISE),
            new Hunted(deletedBeforeTheFrontIsNoted(), A_TRIMMED_FRONT),
            hunted(
                    A_TRIMMED_FRONT,
                    "a segment is recycled under a reader",
                    PINS,
                    "oldest == null ? wanted : Math.min(wanted, oldest)",
                    "wanted",
                    READER_PROMISE),
            hunted(
                    A_RESET,
                    "a reset forgets the number",
                    WAL,
                    "FrameLayout.blockCeil(rooms.stage().committed()), sequence)",
                    "FrameLayout.blockCeil(rooms.stage().committed()), 0)",
                    RESET_PROMISE));

    private SimulationMutants() {}

    /** All of them. */
    static List<Mutant> all() {
        return TABLE.stream().map(Hunted::mutant).toList();
    }

    /** What shows one. */
    static SimulationHunt hunt(Mutant mutant) {
        return TABLE.stream()
                .filter(hunted -> hunted.mutant().equals(mutant))
                .map(Hunted::hunt)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not one of ours: " + mutant.name()));
    }

    private static Hunted hunted(
            SimulationHunt hunt, String name, String file, String find, String replace, String breaks) {
        return new Hunted(Mutant.of(name, file, find, replace, breaks, SimulationLevel.NAME), hunt);
    }

    private static Mutant cutDoneTooEarly() {
        String wipe = "mending.wipeBehindTheEnd(zeros);\n";
        String done = "return file.current();";
        return new Mutant(
                "a cut is said to be done before it is",
                List.of(new Edit(RECOVERY, wipe, ""), new Edit(RECOVERY, done, wipe + done)),
                CUT_PROMISE,
                SimulationLevel.NAME);
    }

    /** Two bolts, of which each alone would hold. */
    private static Mutant goesOnAfterAFailure() {
        return new Mutant(
                "the writer goes on after a failure",
                List.of(
                        new Edit(WRITER, "if (stage.failure().isLatched()) return false;", ""),
                        new Edit(STAGE, "if (failure.isLatched()) return 0;", "")),
                FINAL_PROMISE,
                SimulationLevel.NAME);
    }

    private static Mutant deletedBeforeTheFrontIsNoted() {
        String note = "notes.change(slot -> slot.startingAt(start));";
        String deleted = "storage.syncDirectory();";
        return new Mutant(
                "files go before the new front is noted",
                List.of(new Edit(TRIMMER, note, ""), new Edit(TRIMMER, deleted, deleted + note)),
                FRONT_PROMISE,
                SimulationLevel.NAME);
    }

    private static Mutant batchRecordByRecord() {
        String frame = "long start = append(new EncodedDraft().encode(batch), durability);";
        String positions =
                "for (int i = 0; i < drafts.size(); i++) positions.add(new Position(start + batch.offsetInFrame(i)));";
        String each = "for (RecordDraft each : drafts) positions.add(new Position(append(each, durability)));";
        return new Mutant(
                "a batch is committed record by record",
                List.of(new Edit(APPENDER, frame, ""), new Edit(APPENDER, positions, each)),
                BATCH_PROMISE,
                SimulationLevel.NAME);
    }
}
