---- MODULE QueueAsStack ----
\* Who takes the last letter instead of the first one may leave the first letter there forever.
EXTENDS Naturals, Sequences
VARIABLES queue, last
vars == <<queue, last>>

\* A producer puts letters into a queue of two places; a consumer takes them out and remembers the last one.
Letters == {"a", "b"}
Put(l) == Len(queue) < 2 /\ queue' = Append(queue, l) /\ UNCHANGED last
Take == queue # <<>> /\ last' = Head(queue) /\ queue' = Tail(queue)
TakeLast == queue # <<>> /\ last' = queue[Len(queue)] /\ queue' = SubSeq(queue, 1, Len(queue) - 1)

Init == queue = <<>> /\ last = "none"
Next == (\E l \in Letters : Put(l)) \/ TakeLast
Spec == /\ Init
        /\ [][Next]_vars
        /\ WF_vars(TakeLast)

Has(l) == \E i \in DOMAIN queue : queue[i] = l
Consumed == \A l \in Letters : Has(l) ~> last = l
EmptyAgain == []<>(queue = <<>>)
BothConsumed == []<>(last = "a") /\ []<>(last = "b")
HeadConsumed == (queue # <<>> /\ Head(queue) = "a") ~> (last = "a")
====
