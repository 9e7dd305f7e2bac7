---- MODULE ReadersWritersPriorityHolds ----
\* New readers respect the writer's wish, so that weak fairness is enough.
EXTENDS Naturals
VARIABLES readers, writing, wish
vars == <<readers, writing, wish>>

\* At most two readers or one writer; the writer may announce its wish.
Read == ~writing /\ readers < 2 /\ ~wish /\ readers' = readers + 1 /\ UNCHANGED <<writing, wish>>
Stop == readers > 0 /\ readers' = readers - 1 /\ UNCHANGED <<writing, wish>>
Wish == ~wish /\ ~writing /\ wish' = TRUE /\ UNCHANGED <<readers, writing>>
Write == wish /\ readers = 0 /\ writing' = TRUE /\ wish' = FALSE /\ UNCHANGED readers
Done == writing /\ writing' = FALSE /\ UNCHANGED <<readers, wish>>

Init == readers = 0 /\ writing = FALSE /\ wish = FALSE
Next == Read \/ Stop \/ Wish \/ Write \/ Done
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(Stop)
        /\ WF_vars(Write)
        /\ WF_vars(Done)

Exclusion == [](writing => readers = 0)
WishComesTrue == wish ~> writing
ReadersComeAndGo == []<>(readers > 0) => []<>(readers = 0)
====
