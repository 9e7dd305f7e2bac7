-------------------------------- MODULE Bakery --------------------------------
\* Bakery: mutual exclusion by tickets
\*
\* Each process draws a ticket larger than those it sees, and waits until nobody with a
\* smaller one is left. The tickets are read one by one, while others draw theirs.
\*
\* Stresses: mutual exclusion: program counters, interleaving, pairs compared, CONSTRAINT.

EXTENDS Naturals

CONSTANTS
  Processes,   \* how many processes there are
  MaxTicket    \* larger tickets are not explored

VARIABLES
  pc,          \* for each process, where it is
  ticket,      \* for each process, its ticket; 0 for none
  choosing,    \* for each process, whether it draws one
  seen,        \* for each process, the largest ticket that it saw
  rest         \* for each process, the others that it has yet to look at

vars == <<pc, ticket, choosing, seen, rest>>

P == 1..Processes
Places == {"away", "look", "draw", "wait", "inside"}

TypeOK ==
  /\ pc \in [P -> Places]
  /\ ticket \in [P -> Nat]
  /\ choosing \in [P -> BOOLEAN]
  /\ seen \in [P -> Nat]
  /\ rest \in [P -> SUBSET P]

Init ==
  /\ pc = [p \in P |-> "away"]
  /\ ticket = [p \in P |-> 0]
  /\ choosing = [p \in P |-> FALSE]
  /\ seen = [p \in P |-> 0]
  /\ rest = [p \in P |-> {}]

Begin(p) ==
  /\ pc[p] = "away"
  /\ pc' = [pc EXCEPT ![p] = "look"]
  /\ choosing' = [choosing EXCEPT ![p] = TRUE]
  /\ rest' = [rest EXCEPT ![p] = P \ {p}]
  /\ UNCHANGED <<ticket, seen>>

Look(p) ==
  /\ pc[p] = "look"
  /\ \E other \in rest[p] :
       /\ rest' = [rest EXCEPT ![p] = @ \ {other}]
       /\ seen' = [seen EXCEPT ![p] = IF ticket[other] > @ THEN ticket[other] ELSE @]
       /\ pc' = IF rest[p] = {other} THEN [pc EXCEPT ![p] = "draw"] ELSE pc
  /\ UNCHANGED <<ticket, choosing>>

Draw(p) ==
  /\ pc[p] = "draw"
  /\ pc' = [pc EXCEPT ![p] = "wait"]
  /\ ticket' = [ticket EXCEPT ![p] = seen[p] + 1]
  /\ choosing' = [choosing EXCEPT ![p] = FALSE]
  /\ seen' = [seen EXCEPT ![p] = 0]
  /\ rest' = [rest EXCEPT ![p] = P \ {p}]

\* Process p comes before process q.
Before(p, q) == ticket[p] < ticket[q] \/ (ticket[p] = ticket[q] /\ p < q)

Wait(p) ==
  /\ pc[p] = "wait"
  /\ \E other \in rest[p] :
       /\ ~ choosing[other]
       /\ ticket[other] = 0 \/ Before(p, other)
       /\ rest' = [rest EXCEPT ![p] = @ \ {other}]
  /\ UNCHANGED <<pc, ticket, choosing, seen>>

Enter(p) ==
  /\ pc[p] = "wait" /\ rest[p] = {}
  /\ pc' = [pc EXCEPT ![p] = "inside"]
  /\ UNCHANGED <<ticket, choosing, seen, rest>>

Leave(p) ==
  /\ pc[p] = "inside"
  /\ pc' = [pc EXCEPT ![p] = "away"]
  /\ ticket' = [ticket EXCEPT ![p] = 0]
  /\ UNCHANGED <<choosing, seen, rest>>

Next == \E p \in P : Begin(p) \/ Look(p) \/ Draw(p) \/ Wait(p) \/ Enter(p) \/ Leave(p)

Spec == Init /\ [][Next]_vars

SmallTickets == \A p \in P : ticket[p] <= MaxTicket

\* At most one process is inside.
MutualExclusion == \A p, q \in P : pc[p] = "inside" /\ pc[q] = "inside" => p = q

\* Whoever is inside has the smallest ticket of those who drew one.
InsideIsFirst ==
  \A p, q \in P : pc[p] = "inside" /\ pc[q] = "wait" => p = q \/ Before(p, q)

===============================================================================
