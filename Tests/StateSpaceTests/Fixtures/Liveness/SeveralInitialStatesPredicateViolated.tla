---- MODULE SeveralInitialStatesPredicateViolated ----
\* A state predicate under PROPERTY that is false of one initial state only.
EXTENDS Integers
VARIABLE temperature

Init == temperature \in -2..2
Warm == temperature < 0 /\ temperature' = temperature + 1
Cool == temperature > 0 /\ temperature' = temperature - 1
Next == Warm \/ Cool
Spec == /\ Init
        /\ [][Next]_temperature

Prop == temperature < 2
====
