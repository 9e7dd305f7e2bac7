---- MODULE DescribedSets ----
\* Sets that nobody has to make: quantifiers and choices over them, membership in them, and a value that is in none of them.
EXTENDS Naturals, FiniteSets, Sequences
CONSTANTS Nil, Jobs
VARIABLES x, owner, last

Owner == [job : Jobs, turn : Nat]
Plans == {p \in [Jobs -> SUBSET (0..30)] : \A j \in Jobs : Cardinality(p[j]) < 3}
Few(n) == {s \in SUBSET (1..30) : Cardinality(s) <= n}

Init == x = 0 /\ owner = [j \in Jobs |-> Nil] /\ last = <<>>

\* Each witness counts, since x has no next value yet.
Multiplies == (\E s \in SUBSET (1..3) : x + 1 \in s) /\ x' = x + 1 /\ x < 3 /\ UNCHANGED <<owner, last>>

\* Only a test, since all variables have their next values.
Tests == x' = x + 1 /\ x < 3 /\ UNCHANGED <<owner, last>> /\ \E s \in SUBSET (1..30) : x + 1 \in s

Takes == \E j \in Jobs : /\ owner[j] = Nil
                         /\ owner' = [owner EXCEPT ![j] = [job |-> j, turn |-> x]]
                         /\ last' = [job |-> j]
                         /\ x' = x

Chooses == /\ last # <<>>
           /\ last' = <<>>
           /\ x' = Cardinality(CHOOSE s \in SUBSET (1..30) : 2 \in s /\ x <= Cardinality(s))
           /\ owner' = owner

Assigns == /\ x = 3
           /\ owner' \in [Jobs -> {Nil} \cup [job : Jobs, turn : {7}]]
           /\ \A j \in Jobs : owner'[j] # Nil => owner'[j].job = j
           /\ UNCHANGED <<x, last>>

Next == Multiplies \/ Tests \/ Takes \/ Chooses \/ Assigns

TypeOK == /\ owner \in [Jobs -> Owner \cup {Nil}]
          /\ \A j \in Jobs : owner[j] \notin Owner \/ owner[j].job = j
          /\ [j \in Jobs |-> {x}] \in Plans
          /\ {x, 1, 2} \in Few(3) \/ x \notin 1..30
          /\ last \in {<<>>} \cup [job : Jobs]
====
