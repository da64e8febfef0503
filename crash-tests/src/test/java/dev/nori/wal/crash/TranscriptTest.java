package dev.nori.wal.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.nori.wal.IoMode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private final Transcript transcript = new Transcript();
    private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
    private final Reporter reporter = new Reporter(pipe);

    @Test
    void understandsWhatAReporterSays() throws IOException {
        Opened opened = new Opened("TornTail", IoMode.DIRECT, 1, 1, 500, 0, 1, 3, 99, 0, new Kept(4, 5, 300));
        Entry entry = new Entry(0, 64, new RecordId(17, 4, 1, 2), false);
        reporter.say(Transcript.OPENING);
        reporter.say(Transcript.OPEN + opened.inWords());
        reporter.list(entry);
        reporter.say(Transcript.LISTED + 1);
        reporter.acknowledged(5, 10, 600, 700);
        reporter.durableTo(701);
        read();

        assertEquals(Transcript.Stage.LISTED, transcript.stage());
        assertEquals(Optional.of(opened), transcript.opened());
        assertEquals(List.of(entry), transcript.listing());
        List<Ack> acks = transcript.ledger().acks();
        assertEquals(new Ack(1, 5, 11, 700, acks.getLast().nanos()), acks.getLast());
        assertEquals(new AckLedger.Mark(2, 701, 0), transcript.ledger().mark());
    }

    @Test
    void understandsWhatIsDoneBesideAppending() throws IOException {
        Deed deed = new Deed.Checkpoint(700, 3);
        reporter.acknowledged(5, 10, 600, 700);
        reporter.begins(deed);
        reporter.done(deed, new Front(64, 9));
        reporter.readTo(701);
        reporter.begins(new Deed.TruncateAfter(650));
        read();

        Undertaken checkpoint = new Undertaken(deed, 2, Optional.of(new Front(64, 9)));
        Undertaken cut = new Undertaken(new Deed.TruncateAfter(650), 2, Optional.empty());
        assertEquals(List.of(checkpoint, cut), transcript.ledger().deeds());
        assertEquals(701, transcript.ledger().readEnd());
    }

    @Test
    void doesNotCountALineThatAKillCutShort() throws IOException {
        transcript.readFrom(stream("a 0 0 64 1\na 0 1 128 2"));
        assertEquals(1, transcript.ledger().acks().size());
    }

    @Test
    void putsTogetherALineThatArrivesInPieces() throws IOException {
        transcript.readFrom(new SequenceInputStream(stream("a 0 0 6"), stream("4 1\n")));
        assertEquals(64, transcript.ledger().acks().getFirst().position());
    }

    @Test
    void keepsWhatTheLogThrew() throws IOException {
        transcript.readFrom(stream("opening\nLOCKED by pid 7\n"));
        assertEquals(Optional.of("LOCKED by pid 7"), transcript.refusal());
    }

    @Test
    void refusesAListingThatIsShorterThanItSays() {
        IOException e = assertThrows(IOException.class, () -> transcript.readFrom(stream("listed 2\n")));
        assertTrue(String.valueOf(e.getMessage()).contains("listed 2, but it was 0"));
    }

    @Test
    void refusesHalfAnAcknowledgement() {
        assertThrows(IOException.class, () -> transcript.readFrom(stream("a 0 0\n")));
    }

    private void read() throws IOException {
        transcript.readFrom(new ByteArrayInputStream(pipe.toByteArray()));
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
