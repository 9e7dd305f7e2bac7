------------------------ MODULE ReadersWriters ------------------------
\* Readers and writers are two symmetric sets that share a lock; requests wait in a queue of records.
EXTENDS Naturals, Sequences, FiniteSets, TLC
CONSTANTS Reader, Writer
VARIABLES reading, writing, queue
Init == reading = {} /\ writing = {} /\ queue = <<>>
InQueue(x) == \E k \in DOMAIN queue : queue[k].who = x
Ask == /\ Len(queue) < 2
       /\ \/ \E r \in Reader : /\ r \notin reading /\ ~InQueue(r)
                               /\ queue' = Append(queue, [who |-> r, kind |-> "read"])
          \/ \E w \in Writer : /\ w \notin writing /\ ~InQueue(w)
                               /\ queue' = Append(queue, [who |-> w, kind |-> "write"])
       /\ UNCHANGED <<reading, writing>>
Admit == /\ queue # <<>> /\ writing = {}
         /\ LET h == Head(queue) IN
              IF h.kind = "read" THEN reading' = reading \cup {h.who} /\ UNCHANGED writing
              ELSE reading = {} /\ writing' = {h.who} /\ UNCHANGED reading
         /\ queue' = Tail(queue)
Stop == /\ \/ \E r \in reading : reading' = reading \ {r} /\ UNCHANGED writing
           \/ \E w \in writing : writing' = writing \ {w} /\ UNCHANGED reading
        /\ UNCHANGED queue
Next == Ask \/ Admit \/ Stop
Sym == Permutations(Reader) \cup Permutations(Writer)
Safe == Cardinality(writing) <= 1 /\ (writing # {} => reading = {})
=======================================================================
