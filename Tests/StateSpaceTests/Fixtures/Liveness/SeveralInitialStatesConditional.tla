---- MODULE SeveralInitialStatesConditional ----
\* The property is about those behaviors that begin below zero.
EXTENDS Integers
VARIABLE temperature

Init == temperature \in -2..2
Warm == temperature < 0 /\ temperature' = temperature + 1
Cool == temperature > 0 /\ temperature' = temperature - 1
Next == Warm \/ Cool
Spec == /\ Init
        /\ [][Next]_temperature
        /\ WF_temperature(Warm)

Prop == temperature < 0 => <>(temperature = 0)
====
