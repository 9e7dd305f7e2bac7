---- MODULE PhilosophersBothForksHold ----
\* Who takes both forks at once eats again and again, with strong fairness.
EXTENDS Naturals
VARIABLES fork, eating
vars == <<fork, eating>>

\* Three philosophers; fork[i] is who holds fork i, or 0. Philosopher i needs the forks i and Right(i).
People == 1..3
Right(i) == (i % 3) + 1
TakeLeft(i) == fork[i] = 0 /\ i \notin eating /\ fork[Right(i)] # i /\ fork' = [fork EXCEPT ![i] = i] /\ UNCHANGED eating
TakeRight(i) == fork[i] = i /\ fork[Right(i)] = 0 /\ fork' = [fork EXCEPT ![Right(i)] = i] /\ eating' = eating \cup {i}
TakeBoth(i) == /\ fork[i] = 0 /\ fork[Right(i)] = 0
               /\ fork' = [fork EXCEPT ![i] = i, ![Right(i)] = i] /\ eating' = eating \cup {i}
PutDown(i) == i \in eating /\ fork' = [fork EXCEPT ![i] = 0, ![Right(i)] = 0] /\ eating' = eating \ {i}
Grab(i) == TakeBoth(i)

Init == fork = [i \in People |-> 0] /\ eating = {}
Next == \E i \in People : Grab(i) \/ PutDown(i)
Spec == /\ Init
        /\ [][Next]_vars
        /\ \A i \in People : SF_vars(Grab(i)) /\ WF_vars(PutDown(i))

EachEats == \A i \in People : []<>(i \in eating)
SomebodyEats == []<>(eating # {})
====
