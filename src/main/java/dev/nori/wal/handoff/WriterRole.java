package dev.nori.wal.handoff;

/**
 * The role of the one writer, as a waiting caller sees it. A platform thread that would otherwise wait alone may take it
 * and do the writing itself, which saves two wake-ups. Virtual threads must not: a system call pins their carrier.
 */
public interface WriterRole {
    /** Takes the role if nobody has it. */
    boolean tryLead();

    /** Does what is due now; false if nothing was. Only for who has the role. */
    boolean doWork();

    /**
     * Whether somebody has the role and will look for work once more before it is given back: who has said what he wants need not wake
     * anybody. Says no rather too often.
     */
    boolean isLed();

    /** Gives the role back; work that is left is done by the log's own thread. */
    void stopLeading();
}
