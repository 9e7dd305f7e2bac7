---- MODULE SeveralInitialStatesHold ----
\* From each of five initial states the temperature comes to rest at zero.
EXTENDS Integers
VARIABLE temperature

Init == temperature \in -2..2
Warm == temperature < 0 /\ temperature' = temperature + 1
Cool == temperature > 0 /\ temperature' = temperature - 1
Next == Warm \/ Cool
Spec == /\ Init
        /\ [][Next]_temperature
        /\ WF_temperature(Next)

Prop == <>[](temperature = 0)
====
