------------------------------ MODULE StandIns ------------------------------
(* Names that stand where one would not look for them: facts as values, junctions as arguments, sets without end in unions. *)
EXTENDS Integers, Sequences, FiniteSets

CONSTANT Bound, NoJob

ASSUME BoundIsSmall == Bound \in 1..4

VARIABLES queue, slots

Positive == {n \in Int : n > 0}

Fold(Op(_, _), start, s) ==
  LET Go[i \in 0..Len(s)] == IF i = 0 THEN start ELSE Op(Go[i - 1], s[i])
  IN Go[Len(s)]

Typed ==
  /\ queue \in Seq(Positive)
  /\ slots \in UNION {[0..1 -> Nat \cup {NoJob}]}

(* Every one of them assigns, by way of an argument. *)
StartWith(first, places) == queue = first /\ slots \in places

Init == \E first \in {<<>>, <<1>>} : StartWith(first, {[i \in 0..1 |-> NoJob]})

Put(n) ==
  /\ Len(queue) < Bound
  /\ queue' = queue \o <<n>>
  /\ UNCHANGED slots

Take(i) ==
  /\ queue # <<>>
  /\ slots[i] = NoJob
  /\ slots' = [slots EXCEPT ![i] = Head(queue)]
  /\ queue' = Tail(queue)

Clear ==
  /\ \A i \in 0..1 : slots[i] # NoJob
  /\ slots' = [i \in 0..1 |-> NoJob]
  /\ UNCHANGED queue

Next == (\E n \in 1..2 : Put(n)) \/ (\E i \in 0..1 : Take(i)) \/ Clear

THEOREM SumIsBounded == Fold(LAMBDA a, b : a + b, 0, queue) <= 2 * Bound

InvariantSum == SumIsBounded /\ BoundIsSmall

AllInSomeRange ==
  /\ Fold(/\, TRUE, [i \in 1..Len(queue) |-> queue[i] \in 1..2])
  /\ Len(queue) > 0 => Fold(\/, FALSE, [i \in 1..Len(queue) |-> queue[i] > 0])
=============================================================================
