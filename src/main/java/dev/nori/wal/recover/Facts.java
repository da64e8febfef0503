package dev.nori.wal.recover;

import dev.nori.wal.LostRange;

/**
 * All that a verdict hangs on, as the scan has found it, and before anything was changed. Each fact is one of a few; what it carries besides
 * is for the message. The table stands in {@code docs/recovery.md}.
 *
 * @param lost what is in doubt if this is damage
 * @param bytesBehind bytes behind the end that are not zero
 */
record Facts(
        Format format,
        Notes notes,
        Row row,
        Front front,
        Cut cut,
        End end,
        Proof proof,
        Staged staged,
        LostRange lost,
        long bytesBehind) {

    /** Is everything that has a right checksum understood? */
    sealed interface Format {
        record Known() implements Format {}

        record Unknown(String what) implements Format {}
    }

    /** What the control file says. */
    sealed interface Notes {
        /** There is none, and nothing remembers one. */
        record Absent() implements Notes {}

        record Whole() implements Notes {}

        /** Both slots are damaged, or the file is gone although the stage remembers it. */
        record Lost(String what) implements Notes {}
    }

    /** Are the files of all segments there, up to the last one that was begun? */
    sealed interface Row {
        record Unbroken() implements Row {}

        record Missing(String file, long first, long last, String what) implements Row {}
    }

    /** Does the log begin where it should? */
    sealed interface Front {
        record Begun() implements Front {}

        /** There is no segment yet, and nothing says that there was one. */
        record NotBegun() implements Front {}

        /** What stands there is no header, and something says that there was one. */
        record Lost(String file, long segment, String what) implements Front {}

        /** Its first segment is of another log, or of another place. */
        record Foreign(String file, long segment, String what) implements Front {}
    }

    /** Is a cut under way? */
    sealed interface Cut {
        record None() implements Cut {}

        record Reached() implements Cut {}

        /** The frames end before the cut: all before it had been durable. */
        record OutOfReach() implements Cut {}
    }

    /** What follows the last frame? */
    sealed interface End {
        /** Where what follows stands. */
        Place at();

        /** Nothing, behind the mark of an orderly close. */
        record Closed(Place at) implements End {}

        /** Zeros, or no more room. */
        record Zeros(Place at) implements End {}

        /** Something that is no frame. */
        record Broken(Place at, String why) implements End {}
    }

    /** Does anything say that the log had been durable beyond its end? */
    sealed interface Proof {
        record None() implements Proof {}

        /** A mark or a header of the log that stands behind the end: the log went on. */
        record Behind() implements Proof {}

        /** Only the stage, or the checkpoint: nothing of the log stands behind the end. */
        record Elsewhere() implements Proof {}
    }

    /** Does the stage hold what follows the end? */
    sealed interface Staged {
        record Nothing() implements Staged {}

        record Follows() implements Staged {}

        /** It held something, and a part of the file is missing. */
        record Lost(String file, long offsetBytes, String what) implements Staged {}
    }
}
