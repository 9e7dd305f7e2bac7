------------------------- MODULE AliasPrimed -------------------------
\* The alias shows the next value beside the value; in the last state the next value is that of the state itself.
EXTENDS Naturals, Sequences
VARIABLES queue, sent
Init == queue = <<>> /\ sent = 0
Send == Len(queue) < 3 /\ sent' = sent + 1 /\ queue' = Append(queue, sent)
Drop == Len(queue) > 1 /\ queue' = Tail(queue) /\ UNCHANGED sent
Next == Send \/ Drop
Steps == [queue |-> queue, then |-> queue', grows |-> Len(queue') > Len(queue)]
Few == sent < 4
======================================================================
